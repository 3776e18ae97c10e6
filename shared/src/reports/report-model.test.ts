import { describe, expect, it } from 'vitest';
import { evidenceJson, type Json } from '../evidence/canonical-json.ts';
import { sampleReport } from './fixtures/sample-report.ts';
import { citedRecords } from './report-model.ts';

describe('report model', () => {
  it('is I-JSON: integers, text, no float, no null', () => {
    expect(() => evidenceJson(sampleReport() as unknown as Json)).not.toThrow();
    expect(evidenceJson(sampleReport() as unknown as Json)).not.toContain('null');
  });

  it('explains the source of every number under method', () => {
    const report = sampleReport();
    const known = new Set([
      ...report.method.queries.map((query) => `query:${query.id}`),
      ...report.method.rules.map((rule) => `rule:${rule.id}`),
      ...report.method.procedures.map((procedure) => `procedure:${procedure.id}`),
    ]);
    for (const [, by] of JSON.stringify(report).matchAll(/"by":"((?:query|rule|procedure):[^"]+)"/g))
      expect(known).toContain(by);
  });

  it('lists each cited record once, in order', () => {
    expect(citedRecords(sampleReport())).toEqual([
      'E001:18211',
      'E002:911',
      'E002:912',
      'E002:915',
      'E002:920',
    ]);
  });
});
