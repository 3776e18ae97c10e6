import { evidenceJson, type Json } from '@dbwitness/shared/evidence/canonical-json.ts';
import { completeness } from '@dbwitness/shared/reports/completeness.ts';
import type { Report } from '@dbwitness/shared/reports/report-model.ts';
import { describe, expect, it } from 'vitest';
import { reportChoiceSchema } from '../../host/report.ts';
import { collectReport } from './collect.ts';
import { finding, material } from './fixtures/material.ts';

const choice = reportChoiceSchema.parse({ title: 'What happened', summary: 'One act.' });
const json = (report: Report): string => evidenceJson(report as unknown as Json);

describe('collecting a report', () => {
  it('gives the same text for the same case, and I-JSON whatever the evidence holds', async () => {
    expect(json(await collectReport(material(), choice))).toBe(json(await collectReport(material(), choice)));
  });

  it('gives every number a source that the method explains', async () => {
    const report = await collectReport(material(), choice);
    const known = new Set<string>([
      ...report.method.queries.map(({ id }) => `query:${id}`),
      ...report.method.rules.map(({ id }) => `rule:${id}`),
      ...report.method.procedures.map(({ id }) => `procedure:${id}`),
    ]);
    const sources = [...json(report).matchAll(/"by":"((?:query|rule|procedure):[^"]+)"/g)].map(
      (match) => match[1],
    );
    expect(sources.length).toBeGreaterThan(15);
    for (const by of sources) expect(known).toContain(by);
  });

  it('keeps each query with its text, its digest and a total order', async () => {
    const { queries } = (await collectReport(material(), choice)).method;
    expect(queries.map(({ id }) => id)).toEqual([
      'records-per-exhibit',
      'cited-records',
      'session-totals',
      'sessions-by-user',
    ]);
    for (const query of queries) {
      expect(query.sql).toMatch(/ORDER BY/);
      expect(query.sql).not.toMatch(/\b(?:now|random|uuid|current_\w+)\b/i);
      expect(query.sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it('cites the records of a finding with place, fields and what met the rule', async () => {
    const [first] = (await collectReport(material(), choice)).findings;
    expect(first?.cites).toEqual(['E001:41', 'E001:42']);
    expect(first?.records[0]).toMatchObject({
      id: 'E001:41',
      from: 4100,
      to: 4190,
      met: ['action'],
      proof: 'data/proofs/E001-41.json',
      time: { utc: '2026-03-14T12:06:40Z' },
    });
    expect(first?.records[0]?.fields.map(({ name }) => name)).toEqual(['user', 'action', 'statement']);
  });

  it('takes other explanations from the rule and from notes that say so, and “unknown” from neither', async () => {
    const [first] = (await collectReport(material(), choice)).findings;
    expect(first?.alternatives).toEqual([
      { text: 'Planned maintenance', from: 'rule' },
      { text: 'planned upgrade of the server', from: 'Ines' },
    ]);
  });

  it('says beside a finding what was not written down meanwhile at the same source', async () => {
    expect((await collectReport(material(), choice)).findings[0]?.blind).toEqual(['g1']);
  });

  it('leaves benign findings out, and says that it did', async () => {
    const findings = [finding(), finding({ id: 'b', triage: 'benign' })];
    const report = await collectReport(material({ findings }), choice);
    expect(report.findings.map(({ id }) => id)).toEqual(['rule-1@E001:41']);
    expect(report.coverage.leftOut).toEqual([
      { triage: 'benign', findings: { value: 1, by: 'procedure:triage' } },
    ]);
    const named = await collectReport(material({ findings }), { ...choice, findings: ['b'] });
    expect(named.findings.map(({ id }) => id)).toEqual(['b']);
  });

  it('lists rules that could not run, and calls holes benign only when all are', async () => {
    const report = await collectReport(material(), choice);
    expect(report.coverage.rulesNotRun).toEqual([
      { rule: 'rule-2', title: 'Off hours', reason: 'no hours in the estate' },
    ]);
    expect(report.integrity.continuity[0]?.verdict).toBe('holes with benign cause');
    const gaps = material().gaps.map((gap) => ({
      ...gap,
      kind: gap.id === 'g2' ? ('hole' as const) : gap.kind,
    }));
    expect((await collectReport(material({ gaps }), choice)).integrity.continuity[0]?.verdict).toBe('holes');
  });

  it('tells of rules that ran without a list', async () => {
    const [first] = material().outcomes;
    const notes = ['ran without %service_accounts%: nothing was left out'];
    const outcomes = first === undefined ? [] : [{ ...first, notes }];
    const report = await collectReport(material({ outcomes }), choice);
    expect(report.coverage.rulesLimited).toEqual([
      { rule: 'rule-1', title: 'Audit switched off', absentFields: [], notes },
    ]);
  });

  it('states what nobody said as not stated, so that completeness can ask for it', async () => {
    const report = await collectReport(material(), choice);
    expect(report.identity.authority).toBe('not stated');
    expect(report.evidence[0]?.acquisition).toMatchObject({
      person: 'R. Okafor',
      place: 'not stated',
      lock: 'unknown',
    });
    const missing = completeness(report).map(({ field }) => field);
    for (const field of [
      'authority',
      'classification',
      'conclusions',
      'time stamp',
      'E001: 10 bytes',
      'clock offset of db1 postgresql',
    ])
      expect(missing).toContain(field);
  });

  it('keeps whatever else was declared of an exhibit, under its own name', async () => {
    const [exhibit] = material().exhibits;
    if (exhibit === undefined) throw new Error('the material has an exhibit');
    const facts = { exportedBy: 'R. Okafor', 'Received how and when': 'by courier' };
    const report = await collectReport(material({ exhibits: [{ ...exhibit, facts }] }), choice);
    expect(report.evidence[0]?.declared).toEqual([{ name: 'Received how and when', value: 'by courier' }]);
  });

  it('takes no fresh digest for a preview, and shows an altered exhibit as altered', async () => {
    const preview = await collectReport(material({ reread: [] }), choice);
    expect(preview.evidence[0]?.digests[0]?.reported).toBeUndefined();
    const altered = await collectReport(
      material({
        reread: [{ exhibit: 'E001', ok: false, detail: 'another digest', sha256: 'f'.repeat(64) }],
      }),
      choice,
    );
    expect(altered.evidence[0]?.digests[0]).toMatchObject({ reported: 'f'.repeat(64) });
    expect(completeness(altered).map(({ field }) => field)).toContain('unaltered bytes of E001');
  });
});
