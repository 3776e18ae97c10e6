import { describe, expect, it } from 'vitest';
import { completeness } from './completeness.ts';
import { sampleReport } from './fixtures/sample-report.ts';
import { NOT_STATED, type Report } from './report-model.ts';

const fields = (report: Report): readonly string[] => completeness(report).map((missing) => missing.field);

describe('completeness', () => {
  it('names what the sample leaves open and nothing else', () => {
    expect(fields(sampleReport())).toEqual(['E001: 188 bytes', 'time stamp', 'judgement of F2']);
  });

  it('treats “not stated” as missing, and says why each matters', () => {
    const report = sampleReport();
    const missing = completeness({
      ...report,
      conclusions: '',
      identity: { ...report.identity, authority: NOT_STATED, requester: '' },
    });
    expect(missing.map((item) => item.field)).toEqual(
      expect.arrayContaining(['requester', 'authority', 'conclusions']),
    );
    for (const item of missing) expect(item.why).not.toBe('');
  });

  it('joins what one exhibit lacks', () => {
    const report = sampleReport();
    const [first] = report.evidence;
    if (first === undefined) throw new Error('the sample has evidence');
    const bare = {
      ...first,
      ranges: [],
      acquisition: { ...first.acquisition, person: NOT_STATED, place: NOT_STATED },
      zone: { name: 'UTC', basis: 'assumed UTC' },
    };
    expect(fields(sampleReport({ evidence: [bare] }))).toEqual(
      expect.arrayContaining(['E001: person, place', 'E001: zone of its stamps']),
    );
  });

  it('counts unsigned entries as runs', () => {
    const report = sampleReport();
    const entries = report.custody.entries.map((entry) =>
      entry.seq === 1 ? entry : { ...entry, signature: 'unsigned' as const },
    );
    expect(fields({ ...report, custody: { ...report.custody, entries } })).toContain(
      'signature of ledger entries 0, 2–3',
    );
  });

  it('asks for a fresh digest of every exhibit', () => {
    const report = sampleReport();
    expect(fields({ ...report, integrity: { ...report.integrity, exhibits: [] } })).toContain(
      're-reading of E001, E002',
    );
  });
});
