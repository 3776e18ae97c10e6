import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { casesAttachEstate, casesCreate, casesCurrent, casesOpenPackage } from '../../host/cases.ts';
import { custodyList } from '../../host/custody.ts';
import { eventsView } from '../../host/events.ts';
import { evidenceImport } from '../../host/evidence.ts';
import { findingsDetect, findingsList, findingsTriage } from '../../host/findings.ts';
import { identityCreate } from '../../host/identity.ts';
import {
  packagesList,
  packageVerify,
  reportChoiceSchema,
  reportPdf,
  reportPreview,
  reportSeal,
} from '../../host/report.ts';
import { createEngine, type Engine } from '../engine.ts';

const fixture = (path: string): string => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));
const choice = reportChoiceSchema.parse({
  title: 'What happened to the staging tables',
  summary: 'See the findings.',
  zone: 'Europe/Berlin',
});

describe('report requests on the tabletop logs of db1', () => {
  let folder = '';
  let engine: Engine;
  const add = (path: string): string => engine.files.add(path);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dbwitness-report-'));
    engine = createEngine({
      casesDir: join(folder, 'cases'),
      profileDir: join(folder, 'profile'),
      clock: () => new Date('2026-11-20T08:00:00.000Z'),
    });
    await engine.request(casesCreate, {
      name: 'Tabletop',
      purpose: 'Find out',
      authority: 'Order 1',
      requester: 'Audit',
      classification: 'Confidential',
      place: 'Lab',
      examiner: 'Ines',
    });
    await engine.request(casesAttachEstate, { file: add(fixture('shared/content/estates/tabletop.yml')) });
    const logs = ['db1/postgresql-2026-11-16.csv.gz', 'db1/postgresql-2026-11-17.csv'].map((name) =>
      fixture(`test/fixtures/tabletop/logs/${name}`),
    );
    const outcomes = await engine.request(evidenceImport, {
      items: logs.map((path) => ({ file: add(path), facts: { exportedBy: 'R. Okafor' } })),
    });
    expect(outcomes.map(({ error }) => error)).toEqual([undefined, undefined]);
    const rules = join(folder, 'rules');
    for (const name of [
      'db_audit_switched_off',
      'db_table_truncated',
      'db_user_created',
      'db_view_dropped',
      'db_shared_account_direct',
    ]) {
      await cp(fixture(`shared/content/rules/${name}.yml`), join(rules, `${name}.yml`));
    }
    await engine.request(findingsDetect, { rules: add(rules) });
  }, 120_000);

  afterAll(async () => {
    await engine?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('previews the page with what the report still lacks', async () => {
    const preview = await engine.request(reportPreview, choice);
    expect(preview.html).toContain('What happened to the staging tables');
    expect(preview.html).toContain(preview.sha256);
    expect(preview.html).toContain('finding-f1');
    expect(preview.missing.map(({ field }) => field)).toEqual(
      expect.arrayContaining(['signing identity', 're-reading of E001, E001.1, E002', 'conclusions']),
    );
    expect((await engine.request(reportPreview, choice)).sha256).toBe(preview.sha256);
  });

  it('gives the PDF of the same report', async () => {
    const { base64, pages } = await engine.request(reportPdf, choice);
    const { sha256 } = await engine.request(reportPreview, choice);
    expect(pages).toBeGreaterThan(5);
    expect(Buffer.from(base64, 'base64').toString('latin1')).toContain(sha256);
  });

  it('refuses a time zone that is none, and to seal without an identity', async () => {
    await expect(engine.request(reportPreview, { ...choice, zone: 'Mars/Olympus' })).rejects.toMatchObject({
      error: { code: 'report/zone' },
    });
    await expect(engine.request(reportSeal, { ...choice, form: 'zip' })).rejects.toMatchObject({
      error: { code: 'identity/locked' },
    });
  });

  it('seals a package that verifies, whose views are those of its report, and a second that continues the first', async () => {
    const { fingerprint } = await engine.request(identityCreate, {
      name: 'Ines Brandt',
      organisation: 'Lab',
      role: 'examiner',
      passphrase: 'correct horse battery',
    });
    const { findings } = await engine.request(findingsList, {});
    await engine.request(findingsTriage, { ids: [findings[0]?.id ?? ''], triage: 'confirmed' });
    const first = await engine.request(reportSeal, { ...choice, form: 'folder' });
    expect(first.verification.verdict).toBe('verified');
    const root = join(folder, 'cases', 'Tabletop', 'packages', first.name);
    const files = await readdir(root, { recursive: true });
    for (const path of [
      'data/report/report.json',
      'data/report/report.html',
      'data/report/report.pdf',
      'custody/case.jsonld',
      'data/queries/cited-records.sql',
      'data/policy/estate.yml',
      'data/original/E001/postgresql-2026-11-16.csv.gz',
    ])
      expect(files).toContain(path);
    const report = JSON.parse(await readFile(join(root, 'data/report/report.json'), 'utf8'));
    expect(report.findings.length).toBeGreaterThan(3);
    for (const record of report.findings[0].records) expect(files).toContain(record.proof);
    expect(report.integrity.exhibits.map((one: { ok: boolean }) => one.ok)).toEqual([true, true, true]);
    const second = await engine.request(reportSeal, { ...choice, form: 'zip' });
    const again = await engine.request(packageVerify, { file: second.ref, fingerprint });
    expect(again.exit).toBe(0);
    expect(await engine.request(packagesList, {})).toMatchObject([
      { name: second.name, form: 'zip', digest: second.digest, ref: second.ref },
      { name: first.name, form: 'folder', digest: first.digest, bytes: first.bytes },
    ]);
    const before = {
      findings: (await engine.request(findingsList, {})).findings,
      view: await engine.request(eventsView, { filter: { clauses: [] } }),
      entries: (await engine.request(custodyList, { offset: 0, limit: 1 })).total,
    };

    const auditor = await engine.request(casesOpenPackage, { file: second.ref, fingerprint });
    expect(auditor).toMatchObject({
      name: 'Tabletop',
      mode: 'auditor',
      exhibits: 3,
      package: { digest: second.digest, verdict: 'verified' },
    });
    expect(auditor.ledger.state).toBe('intact');
    // A page that is loaded again finds the package by its handle, and the fingerprint it was trusted by.
    const { ref, package: shown } = (await engine.request(casesCurrent, {})) ?? auditor;
    expect(ref).toBe(second.ref);
    const reloaded = await engine.request(packageVerify, { file: ref, fingerprint: shown?.fingerprint });
    expect(reloaded.exit).toBe(0);
    expect((await engine.request(findingsList, {})).findings).toEqual(before.findings);
    expect((await engine.request(eventsView, { filter: { clauses: [] } })).rows).toBe(before.view.rows);
    // All but the last entry, `export.done`, which tells of the finished package.
    expect((await engine.request(custodyList, { offset: 0, limit: 1 })).total).toBe(before.entries - 1);
    await expect(engine.request(findingsTriage, { ids: ['x'], triage: 'benign' })).rejects.toMatchObject({
      error: { code: 'case/read-only' },
    });
    expect((await engine.request(reportPreview, choice)).html).toContain(
      'What happened to the staging tables',
    );

    await cp(root, join(folder, 'altered'), { recursive: true });
    const page = join(folder, 'altered', 'data/report/report.html');
    await writeFile(page, (await readFile(page, 'utf8')).replace('staging', 'other'));
    const altered = await engine.request(packageVerify, { file: add(join(folder, 'altered')), fingerprint });
    expect(altered.exit).toBe(1);
    expect(
      altered.checks.filter(({ status }) => status === 'fail').map(({ id, target }) => `${id} ${target}`),
    ).toContain('payload/digest data/report/report.html');
    await expect(
      engine.request(casesOpenPackage, { file: add(join(folder, 'altered')) }),
    ).rejects.toMatchObject({ error: { code: 'package/altered' } });
  }, 120_000);
});
