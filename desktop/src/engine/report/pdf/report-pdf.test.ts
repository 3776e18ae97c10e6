import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HOSTILE, poisoned } from '@dbwitness/shared/reports/fixtures/hostile.ts';
import { sampleReport } from '@dbwitness/shared/reports/fixtures/sample-report.ts';
import type { Report } from '@dbwitness/shared/reports/report-model.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { reportPdf } from './report-pdf.ts';

const DIGEST = `${'c0ffee'.repeat(10)}abcd`;
const hasPoppler = (() => {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dbwitness-pdf-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const plain = async (report: Report): Promise<string> =>
  Buffer.from((await reportPdf(report, DIGEST)).bytes).toString('latin1');

async function textOf(report: Report): Promise<string> {
  const file = join(folder, 'report.pdf');
  writeFileSync(file, (await reportPdf(report, DIGEST)).bytes);
  return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
}

describe('report.pdf', () => {
  const zone = process.env.TZ;
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  it('is the same bytes in every time zone', async () => {
    const digests = [];
    for (const name of ['UTC', 'Asia/Tokyo', 'America/St_Johns']) {
      process.env.TZ = name;
      digests.push(
        createHash('sha256')
          .update((await reportPdf(sampleReport(), DIGEST)).bytes)
          .digest('hex'),
      );
    }
    expect(new Set(digests).size).toBe(1);
  });

  it('is tagged, names its language and title, and takes its dates from the report', async () => {
    const pdf = await plain(sampleReport());
    expect(pdf).toContain('/Marked true');
    expect(pdf).toContain('/Lang (en)');
    expect(pdf).toContain('/DisplayDocTitle true');
    expect(pdf).toContain('(D:20260317160512Z)');
    for (const tag of ['H1', 'H2', 'Table', 'TH', 'TD', 'LBody', 'Figure', 'TOCI'])
      expect(pdf).toContain(`/S /${tag}\n`);
  });

  it('embeds every font that it uses', async () => {
    const pdf = await plain(sampleReport({ summary: 'Привет κόσμε żółć' }));
    expect(pdf).not.toMatch(/\/BaseFont \/(Helvetica|Times|Courier)/);
    const [fonts, files] = [/\/Type \/FontDescriptor/g, /\/FontFile2 /g].map(
      (pattern) => [...pdf.matchAll(pattern)].length,
    );
    expect(fonts).toBeGreaterThan(4);
    expect(files).toBe(fonts);
  });

  it.each(HOSTILE)('holds no action, whatever the evidence says: %j', async (text) => {
    const pdf = await plain(poisoned(sampleReport(), text));
    // Outside of strings and streams every name is the document's own.
    const skeleton = pdf.replace(/stream\n[\s\S]*?\nendstream/g, '').replace(/\((?:\\.|[^\\()])*\)/g, '()');
    expect(skeleton).toContain('/Catalog');
    expect(skeleton).not.toMatch(
      /\/(?:JavaScript|JS|Launch|URI|OpenAction|AA|EmbeddedFile|SubmitForm|GoToR)\b/,
    );
    const metadata = /<\?xpacket[\s\S]*?<\?xpacket end/.exec(pdf)?.[0] ?? '';
    expect(metadata).toContain('<dc:title>');
    expect(metadata).not.toMatch(/<(?:script|img|svg|iframe|a|h1|link|meta)\b/i);
  });

  it.skipIf(!hasPoppler)('carries the digest of report.json and its place on every page', async () => {
    const pages = (await textOf(sampleReport())).split('\f').slice(0, -1);
    expect(pages.length).toBeGreaterThan(5);
    for (const [at, page] of pages.entries()) {
      expect(page).toContain(`report.json SHA-256 ${DIGEST}`);
      expect(page).toContain(`page ${at + 1} of ${pages.length}`);
    }
  });

  it.skipIf(!hasPoppler)(
    'draws Latin, Greek and Cyrillic, and any other character as its code point',
    async () => {
      const text = await textOf(
        sampleReport({ summary: 'Żółć Ελληνικά Кириллица 漢 a\u202eb\u0000c \u{1f600}' }),
      );
      for (const said of ['Żółć', 'Ελληνικά', 'Кириллица', '‹U+6F22›', 'a‹U+202E›b‹U+0000›c', '‹U+1F600›'])
        expect(text).toContain(said);
    },
  );

  it.skipIf(!hasPoppler)('says what the page in the browser says', async () => {
    const text = await textOf(sampleReport());
    for (const said of [
      'Unrecorded hour on the production',
      'E001:18211',
      "ALTER SYSTEM SET pgaudit.log = 'none'",
      'Planned maintenance by the database team',
      'Integrity starts at acquisition',
      'dbwitness verify',
    ]) {
      expect(text).toContain(said);
    }
  });

  it('goes on over pages where one row or one word is longer than a page', async () => {
    const report = sampleReport();
    const [finding] = report.findings;
    const [record] = finding?.records ?? [];
    if (finding === undefined || record === undefined)
      throw new Error('the sample has a finding with a record');
    const long = { ...record, fields: [{ name: 'statement', value: `SELECT ${'x'.repeat(60_000)}` }] };
    const { pages } = await reportPdf({ ...report, findings: [{ ...finding, records: [long] }] }, DIGEST);
    expect(pages).toBeGreaterThan(12);
  });
});
