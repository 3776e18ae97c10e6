import { createHash } from 'node:crypto';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Json } from '@dbwitness/shared/evidence/canonical-json.ts';
import { sampleReport } from '@dbwitness/shared/reports/fixtures/sample-report.ts';
import { reportHtml } from '@dbwitness/shared/reports/html.ts';
import type { Report } from '@dbwitness/shared/reports/report-model.ts';
import { REPORT_STYLE } from '@dbwitness/shared/reports/report-style.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromiumPath, launchChromium } from '../../../test/kit/chromium.ts';
import {
  cutExhibits,
  sampleIdentity,
  sampleParts,
  sealSample,
  tempFolder,
} from '../engine/custody/fixtures/sample-case.ts';
import { LedgerFile } from '../engine/custody/ledger-file.ts';
import { packageFile } from '../engine/custody/package-file.ts';
import { buildViewer } from './build.ts';
import { sha256 } from './sha256.ts';

describe('viewer.html', () => {
  it('is the same bytes from the same sources', async () => {
    expect((await buildViewer()).sha256).toBe((await buildViewer()).sha256);
  });

  it('lets in its own script and styles by digest, and no connection', async () => {
    const { html } = await buildViewer();
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? '';
    const script = /<script type="module">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
    expect(policy).toContain(`script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(html).not.toMatch(/(?:src|href)=["']?(?:https?:)?\/\//);
  });
});

describe('SHA-256 of the viewer', () => {
  it('is that of Node for every length around a block', () => {
    for (let length = 0; length < 200; length += 1) {
      const bytes = Uint8Array.from({ length }, (_, at) => (at * 7 + length) & 255);
      expect(Buffer.from(sha256(bytes)).toString('hex')).toBe(
        createHash('sha256').update(bytes).digest('hex'),
      );
    }
  });
});

describe.skipIf(chromiumPath() === undefined)(
  'viewer.html in a browser (needs Chromium: set CHROME_PATH)',
  () => {
    let browser: Browser;
    let page: Page;
    let folder: Awaited<ReturnType<typeof tempFolder>>;
    let viewer = '';
    const requests: string[] = [];
    const complaints: string[] = [];
    const { fingerprint } = sampleIdentity();

    beforeAll(async () => {
      folder = await tempFolder();
      viewer = join(folder.path, 'viewer.html');
      await writeFile(viewer, (await buildViewer()).html);
      const report = (): Json => sampleReport() as unknown as Json;
      const views = ({ json, sha256: digest }: { readonly json: string; readonly sha256: string }) => [
        packageFile(
          'data/report/report.html',
          reportHtml(JSON.parse(json) as Report, {
            report: digest,
            style: createHash('sha256').update(REPORT_STYLE).digest('base64'),
          }),
        ),
        packageFile('data/report/report.pdf', `%PDF-1.7\n% ${digest}\n`),
      ];
      const { ledger } = await sealSample(folder.path, { report, views, slug: 'good' });
      await sealSample(folder.path, { report, views, slug: 'good', sequence: 2, form: 'zip', ledger });
      await sealSample(folder.path, {
        ...{ report, views, slug: 'cut', exhibits: cutExhibits() },
        ledger: await LedgerFile.open(join(folder.path, 'cut-custody'), sampleParts(sampleIdentity)),
      });
      await cp(join(folder.path, 'good-001'), join(folder.path, 'altered'), { recursive: true });
      const log = join(folder.path, 'altered', 'data', 'original', 'E001', 'postgresql_1.log');
      const bytes = await readFile(log);
      bytes[70_000] = (bytes[70_000] ?? 0) ^ 1;
      await writeFile(log, bytes);
      const zip = await readFile(join(folder.path, 'good-002.zip'));
      const at = zip.indexOf('line 12 of a log');
      zip[at] = 0x4c;
      await writeFile(join(folder.path, 'altered.zip'), zip);
      browser = await launchChromium();
    }, 60_000);

    afterAll(async () => {
      await browser?.close();
      await folder?.remove();
    });

    beforeEach(async () => {
      requests.length = 0;
      complaints.length = 0;
      page = await (await browser.newContext()).newPage();
      page.on('request', (request) => requests.push(request.url()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      await page.goto(pathToFileURL(viewer).href);
    });

    afterEach(async () => {
      expect(complaints).toEqual([]);
      expect(requests.filter((url) => !url.startsWith('file:') && !url.startsWith('about:'))).toEqual([]);
      await page.close();
    });

    const open = async (name: string): Promise<void> => {
      await page.setInputFiles(name.endsWith('.zip') ? '#zip' : '#folder', join(folder.path, name));
      await page.waitForSelector('#verdict');
    };
    const verdict = (): Promise<string | null> => page.textContent('#verdict');
    const failed = (): Promise<string[]> =>
      page.$$eval('.checks.fail tr td:first-child', (cells) => cells.map((cell) => cell.textContent ?? ''));

    it.each(['good-001', 'good-002.zip'])(
      'verifies %s when the fingerprint is the expected one',
      async (name) => {
        await page.fill('#fingerprint', fingerprint.replace(/(.{4})/g, '$1 '));
        await open(name);
        expect(await verdict()).toBe('Verified');
        expect(await failed()).toEqual([]);
      },
    );

    it('derives again what comes out of a gzip file that breaks off, and says where it does', async () => {
      await page.fill('#fingerprint', fingerprint);
      await open('cut-001');
      expect(await verdict()).toBe('Verified');
      await page.click('role=tab[name="Exhibits"]');
      expect(await page.textContent('.exhibit:last-child .caution')).toMatch(
        /E003 breaks off at byte [\d\s,]+/,
      );
      await page.click('.exhibit:last-child summary');
      await page.waitForSelector('.exhibit:last-child pre');
      expect(await page.textContent('.exhibit:last-child')).toContain('from E003 by gunzip-prefix:');
    });

    it('does not take the signer from the package', async () => {
      await open('good-001');
      expect(await verdict()).toBe('Intact, signer not confirmed');
      await page.fill('#fingerprint', '0'.repeat(64));
      await page.click('text=Verify again');
      await page.waitForSelector('.checks.fail');
      expect(await failed()).toContain('signature/untrusted-key');
    });

    it.each(['altered', 'altered.zip'])('says what is wrong with %s, and in which block', async (name) => {
      await page.fill('#fingerprint', fingerprint);
      await open(name);
      expect(await verdict()).toBe('Altered');
      expect(await failed()).toEqual(expect.arrayContaining(['blocks/leaf', 'payload/digest']));
      if (name === 'altered') expect(await page.textContent('.checks.fail')).toMatch(/block 1\b/);
    });

    it('never reads a missing Ed25519 as success', async () => {
      await page.evaluate(() => {
        crypto.subtle.importKey = () => Promise.reject(new DOMException('no', 'NotSupportedError'));
      });
      await page.fill('#fingerprint', fingerprint);
      await open('good-001');
      expect(await verdict()).not.toBe('Verified');
      expect(await page.textContent('.verdict')).toContain('Signature not checked');
    });

    it('shows the report anew from report.json, cited records with their bytes, exhibits and ledger', async () => {
      await open('good-001');
      await page.click('role=tab[name="Report"]');
      const frame = page.frameLocator('iframe');
      await frame.locator('h1').waitFor();
      expect(await frame.locator('h1').textContent()).toBe('Unrecorded hour on the production database');
      expect(await frame.locator('h1').evaluate((heading) => getComputedStyle(heading).fontWeight)).toBe(
        '600',
      );
      expect(await page.textContent('.report-view')).toContain('the same, byte for byte');
      await page.click('role=tab[name="Cited records"]');
      await page.click('.record summary');
      await page.waitForSelector('.record pre');
      expect(await page.textContent('.record')).toContain('line 4 of a log');
      await page.click('role=tab[name="Exhibits"]');
      await page.click('.exhibit:last-child summary');
      await page.waitForSelector('.exhibit:last-child pre');
      expect(await page.textContent('.exhibit:last-child')).toContain('from E003 by gunzip');
      await page.click('role=tab[name="Custody ledger"]');
      await page.waitForSelector('td code:text("ledger.adopt")');
    });

    it('follows links inside the report without leaving the page', async () => {
      await open('good-001');
      await page.click('role=tab[name="Report"]');
      await page.frameLocator('iframe').locator('.contents a', { hasText: 'Glossary' }).click();
      await page.frameLocator('iframe').locator('#glossary h2').waitFor();
      expect(page.url()).toMatch(/viewer\.html$/);
      expect(await verdict()).toBe('Intact, signer not confirmed');
    });

    it.each(['light', 'dark'] as const)(
      'has nothing for axe to find in %s',
      async (colorScheme) => {
        await page.emulateMedia({ colorScheme });
        const violations = async (): Promise<readonly string[]> =>
          (await new AxeBuilder({ page }).analyze()).violations.map(
            ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
          );
        expect(await violations()).toEqual([]);
        await open('altered');
        expect(await violations()).toEqual([]);
        for (const name of ['Cited records', 'Exhibits', 'Custody ledger']) {
          await page.click(`role=tab[name="${name}"]`);
          await page.waitForSelector('[role=tabpanel] > *');
          expect(await violations()).toEqual([]);
        }
        // The report's frame lets no script in, not even axe's: the page is looked at by itself.
        await page.goto(pathToFileURL(join(folder.path, 'good-001', 'data', 'report', 'report.html')).href);
        expect(await violations()).toEqual([]);
      },
      90_000,
    );

    it('says that another file is no package', async () => {
      await writeFile(join(folder.path, 'no.zip'), 'hello');
      await open('no.zip');
      expect(await verdict()).toBe('Not a package');
    });
  },
);
