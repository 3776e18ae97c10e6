import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../kit/chromium.ts';
import { axeViolations, SCREENSHOTS, settled, watch } from './renderer-kit.ts';

// The real thing: `dbwitness tabletop` serves the workbench on the loopback web host over the real engine, and a person walks
// through every screen of the case, adds evidence, triages, seals, and opens the package as an auditor.

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const shot = (name: string) => ({ path: join(SCREENSHOTS, `real-${name}.png`) });

let cases: string;
let server: ChildProcess;
let address: string;
let browser: Browser;

beforeAll(async () => {
  cases = mkdtempSync(join(tmpdir(), 'dbwitness-e2e-'));
  server = spawn(
    process.execPath,
    [join(ROOT, 'desktop/dist/cli.mjs'), 'tabletop', '--web', '--no-browser', '--cases', cases],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  address = await addressOf(server);
  browser = await launchChromium();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  if (server?.exitCode === null) {
    server.kill('SIGTERM');
    await new Promise((resolve) => server.once('exit', resolve));
  }
  rmSync(cases, { recursive: true, force: true });
});

/** The address that the command prints once it serves. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += String(chunk);
      const found = /Workbench: (http:\S+)/.exec(text);
      if (found?.[1] !== undefined) resolve(found[1]);
    });
    child.on('exit', (code) => reject(new Error(`the command ended with ${code}:\n${text}`)));
  });
}

/** Opens the workbench; one page at a time is served, so each is closed before the next. */
async function open(theme: 'light' | 'dark'): Promise<{ page: Page; trouble: string[]; close(): Promise<void> }> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: theme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const trouble = await watch(page, new URL(address).origin);
  await page.goto(address);
  await page.locator('main').waitFor();
  return { page, trouble, close: () => context.close() };
}

async function go(page: Page, screen: string): Promise<void> {
  await page.locator('.rail-link', { hasText: screen }).click();
  await settled(page);
}

describe.each(['light', 'dark'] as const)('every screen of the real case, %s', (theme) => {
  it('shows what the logs hold, without a violation', async () => {
    const { page, trouble, close } = await open(theme);
    expect(page.url(), 'the token has left the address').not.toContain('#ey');
    expect(new URL(page.url()).hash).not.toContain(new URL(address).hash.slice(1));
    for (const screen of ['Cases', 'Evidence', 'Timeline', 'Sessions', 'Findings', 'Custody', 'Report', 'Package']) {
      await go(page, screen);
      await page.screenshot(shot(`${screen.toLowerCase()}-${theme}`));
      expect(await axeViolations(page), screen).toEqual([]);
    }
    expect(trouble).toEqual([]);
    await close();
  });
});

describe('one sitting', () => {
  it('takes in a file, triages a finding, seals, and opens the package as an auditor', async () => {
    const { page, trouble, close } = await open('light');
    await go(page, 'Timeline');
    expect(await page.locator('.events-count').innerText()).toMatch(/45.048 events/);
    await page.keyboard.press('/');
    await page.keyboard.type('user:plindqvist action:"DROP VIEW"');
    await page.keyboard.press('Enter');
    await settled(page);
    await page.locator('[role=gridcell]').first().waitFor();
    await page.locator('[role=row] [role=gridcell]').first().dblclick();
    await page.getByRole('complementary', { name: /^Event/ }).waitFor();
    await settled(page);
    await page.screenshot(shot('event'));
    expect(await page.getByRole('complementary', { name: /^Event/ }).innerText()).toContain('shop.order_audit_v');

    await go(page, 'Evidence');
    const more = join(cases, 'more.csv');
    cpSync(join(ROOT, 'test/fixtures/tabletop/logs/db1/postgresql-2026-11-17.csv'), more);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Add files' }).click();
    await (await chooser).setFiles(more);
    await page.getByRole('article').first().waitFor();
    await settled(page);
    await page.screenshot({ ...shot('evidence-staged'), fullPage: true });
    await page.getByRole('button', { name: /^Take in/ }).click();
    // The same bytes are known already: told, not imported twice.
    await page.getByText(/same bytes/).first().waitFor();

    await go(page, 'Findings');
    await page.keyboard.press('j');
    await page.getByText('Why it fired').waitFor();
    await settled(page);
    await page.screenshot(shot('finding'));
    await page.keyboard.press('c');
    await expect.poll(() => page.locator('.queue .badge.danger').count()).toBeGreaterThan(0);

    await go(page, 'Report');
    await page.getByRole('button', { name: 'Seal package' }).click();
    await page.getByText('Intact, but you have no reason yet to trust the signer').waitFor({ timeout: 60_000 });
    await page.locator('.verdict').scrollIntoViewIfNeeded();
    await page.screenshot(shot('sealed'));

    const packages = join(cases, 'tabletop', 'packages');
    const [latest] = readdirSync(packages).sort().reverse();
    if (latest === undefined) throw new Error('no package was written');
    await go(page, 'Package');
    const picker = page.waitForEvent('filechooser');
    await page.keyboard.press('p');
    await (await picker).setFiles(join(packages, latest));
    await page.locator('.verdict').waitFor({ timeout: 60_000 });
    await page.screenshot({ ...shot('package-verified'), fullPage: true });
    await page.getByRole('button', { name: 'Open read-only' }).click();
    await page.getByText('Nothing here can be changed').waitFor({ timeout: 60_000 });
    await settled(page);
    await go(page, 'Timeline');
    expect(await page.locator('.events-count').innerText()).toMatch(/45.048 events/);
    await page.screenshot(shot('auditor-timeline'));
    await go(page, 'Findings');
    await page.screenshot(shot('auditor-findings'));
    expect(trouble).toEqual([]);
    await close();
  }, 180_000);
});
