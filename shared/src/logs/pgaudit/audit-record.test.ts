import { describe, expect, it } from 'vitest';
import { auditList, auditRecord } from './audit-record.ts';
import { AuditSequence } from './audit-sequence.ts';

describe('pgAudit record', () => {
  it('cuts nine fields, and ten with rows', () => {
    expect(
      auditRecord('AUDIT: OBJECT,2,1,READ,SELECT,VIEW,public.v,<previously logged>,<not logged>'),
    ).toEqual({
      type: 'OBJECT',
      statementId: 2,
      substatementId: 1,
      subject: 'READ,SELECT,VIEW,public.v',
      statement: '<previously logged>',
      parameter: '<not logged>',
      rows: undefined,
    });
    expect(auditRecord('AUDIT: SESSION,1,2,MISC,SET,,,"SET a = \'x, ""y""\';",,0')).toMatchObject({
      statement: 'SET a = \'x, "y"\';',
      parameter: '',
      rows: '0',
    });
  });

  it('reads a list of parameters inside its one field', () => {
    const record = auditRecord('AUDIT: SESSION,1,1,READ,SELECT,,,select $1,"a,""b """"c"""", d"",,e"');
    expect(record).toMatchObject({ parameter: 'a,"b ""c"", d",,e' });
    expect(auditList('a,"b ""c"", d",,e')).toEqual(['a', 'b "c", d', '', 'e']);
  });

  it.each([
    'AUDIT: SESSION',
    'AUDIT: SESSION,x,1,READ',
    'AUDIT: OTHER,1,1,READ,SELECT,,,s,',
    'audit: SESSION,1,1',
    'AUDIT: SESSION,,1',
  ])('is no audit record: %s', (message) => expect(auditRecord(message)).toBeUndefined());

  it.each([
    'AUDIT: SESSION,1,1,READ,SELECT,,,s',
    'AUDIT: SESSION,1,1,READ,SELECT,,,s,<none>,1,2',
    'AUDIT: SESSION,1,1,READ,SELECT,,,s,<none>,many',
    'AUDIT: SESSION,1,x,READ,SELECT,,,s,<none>',
    'AUDIT: SESSION,1,1,READ,SELECT,,,"not closed,<none>',
  ])('has fields that pgAudit never writes: %s', (message) =>
    expect(auditRecord(message)).toBe('wrong fields'),
  );
});

describe('sequence of statement ids', () => {
  const successions = (...ids: number[]) => {
    const sequence = new AuditSequence();
    return ids.map((id) => sequence.take('s', id));
  };

  it('follows substatements and next statements', () => {
    expect(successions(4, 4, 5, 6, 6)).toEqual(['first', 'next', 'next', 'next', 'next']);
  });

  it('blames the invented id, not the true one behind it', () => {
    expect(successions(48, 999, 49, 50)).toEqual(['first', 'jump', 'next', 'next']);
  });

  it('goes on behind a hole', () => {
    expect(successions(1, 7, 8, 9)).toEqual(['first', 'jump', 'next', 'next']);
  });
});
