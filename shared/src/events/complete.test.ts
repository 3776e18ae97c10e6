import { describe, expect, it } from 'vitest';
import { understand } from '../sql/understand.ts';
import type { AuditEvent } from './audit-event.ts';
import { addStatement, completeEvent } from './complete.ts';

function completed(event: AuditEvent, statement: string): AuditEvent {
  completeEvent(event, understand(statement, { dialect: 'postgresql' }));
  return event;
}

const pgaudit = (pgauditClass: string, action: string, more: AuditEvent = {}): AuditEvent => ({
  action,
  extra: { pgaudit_class: pgauditClass },
  ...more,
});

describe('completeEvent', () => {
  it('fills in what the source leaves out', () => {
    expect(completed({}, 'DELETE FROM s.t WHERE a = 1')).toEqual({
      class: 'data_write',
      action: 'DELETE',
      object_type: 'table',
      object: 's.t',
    });
  });

  it('leaves what the source says', () => {
    const event: AuditEvent = { class: 'data_read', action: 'SELECT', object_type: 'view', object: 's.v' };
    expect(completed({ ...event }, 'SELECT a FROM t')).toEqual(event);
  });

  it('replaces an action that says only that a statement came', () => {
    expect(completed({ action: 'QUERY' }, 'DROP TABLE t').action).toBe('DROP TABLE');
    expect(completed({ action: 'QUERY' }, 'no statement')).toEqual({ action: 'QUERY' });
  });

  it('sees that auditing was touched, which no source has a class for', () => {
    expect(completed(pgaudit('MISC', 'SET', { class: 'session' }), "SET pgaudit.log = 'none'").class).toBe(
      'audit_change',
    );
    expect(completed({ class: 'error' }, "SET pgaudit.log = 'none'").class).toBe('error');
  });

  it('takes what a dump program reads for an export', () => {
    expect(completed({ application: 'pg_dump' }, 'SELECT a FROM t').flags).toEqual(['export']);
    expect(completed({ application: 'pg_dump' }, 'BEGIN').flags).toBeUndefined();
  });

  it.each([
    ['READ', 'SELECT', 'DROP TABLE t'],
    ['READ', 'SELECT', 'SET pgaudit.log = none'],
    ['READ', 'SELECT', 'forged, by user'],
    ['WRITE', 'INSERT', 'GRANT a TO b'],
    ['MISC', 'SHOW', 'DELETE FROM t'],
    ['DDL', 'CREATE TABLE', 'SELECT 1'],
    ['ROLE', 'GRANT', 'SELECT 1'],
    ['FUNCTION', 'EXECUTE', 'DROP ROLE a'],
  ])('flags the class %s of %s for %s', (pgauditClass, action, statement) => {
    const event = completed(pgaudit(pgauditClass, action, { class: 'data_read' }), statement);
    expect(event).toMatchObject({ class: 'data_read', flags: ['class_conflict'] });
  });

  it.each([
    ['READ', 'SELECT', 'CREATE TABLE x AS SELECT * FROM y'],
    ['READ', 'SELECT', 'INSERT INTO x SELECT * FROM y'],
    ['WRITE', 'UPDATE', 'SELECT 1 FROM ONLY x FOR UPDATE'],
    ['MISC', '???', 'SELECT a FROM v'],
    ['MISC', 'EXECUTE', 'EXECUTE p(1)'],
    ['ROLE', 'GRANT', 'CREATE SCHEMA s GRANT SELECT ON t TO a'],
    ['READ', 'SELECT', 'SELECT 1; DROP TABLE x'],
    ['READ', 'SELECT', ''],
  ])('does not flag the class %s of %s for %s', (pgauditClass, action, statement) => {
    expect(completed(pgaudit(pgauditClass, action), statement).flags).toBeUndefined();
  });

  it('does not judge a text that was cut before its verb', () => {
    expect(completed(pgaudit('READ', 'SELECT', { flags: ['truncated'] }), 'SEL').flags).toEqual([
      'truncated',
    ]);
  });
});

describe('addStatement', () => {
  it('gives an event that stands alone the lists of its statement', () => {
    const event: AuditEvent = {
      flags: ['truncated'],
      objects: [{ type: 'table', name: 't', access: 'read' }],
    };
    addStatement(event, understand('SELECT * FROM t, u', { dialect: 'postgresql' }));
    expect(event).toEqual({
      objects: [
        { type: 'table', name: 't', access: 'read' },
        { type: 'table', name: 'u', access: 'read' },
      ],
      columns: ['*'],
      flags: ['truncated', 'bulk_read'],
    });
  });
});
