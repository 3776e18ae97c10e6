import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
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

// One page at a time is served, so each is closed before the next; of one that failed a picture stays.
afterEach(async ({ task }) => {
  for (const context of browser.contexts()) {
    if (task.result?.state === 'fail') await context.pages()[0]?.screenshot(shot('failed'));
    await context.close();
  }
});

async function open(theme: 'light' | 'dark'): Promise<{ page: Page; trouble: string[] }> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: theme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const trouble = await watch(page, new URL(address).origin);
  await page.goto(address);
  await page.locator('main').waitFor();
  return { page, trouble };
}

async function go(page: Page, screen: string): Promise<void> {
  await page.locator('.rail-link', { hasText: screen }).click();
  await settled(page);
}

const WALK = [
  'Cases',
  'Evidence',
  'Timeline',
  'Sessions',
  'Findings',
  'Custody',
  'Report',
  'Package',
] as const;

describe.each(['light', 'dark'] as const)('every screen of the real case, %s', (theme) => {
  it('shows what the logs hold, without a violation', async () => {
    const { page, trouble } = await open(theme);
    expect(new URL(page.url()).hash, 'the token has left the address').not.toContain(
      new URL(address).hash.slice(1),
    );
    for (const screen of WALK) {
      await go(page, screen);
      await page.screenshot(shot(`${screen.toLowerCase()}-${theme}`));
      expect(await axeViolations(page), screen).toEqual([]);
    }
    await go(page, 'Findings');
    await page.locator('.queue-button').first().click();
    await page.getByText('Why it fired', { exact: true }).waitFor();
    await settled(page);
    await page.screenshot(shot(`finding-${theme}`));
    // Bodies of real entries are long: what scrolls must be within reach of the keyboard.
    await go(page, 'Custody');
    await page.locator('.grid-window [role=row]').nth(2).locator('[role=gridcell]').first().click();
    await page.getByText('Body as signed').waitFor();
    expect(await axeViolations(page), 'an entry of the ledger').toEqual([]);
    expect(trouble).toEqual([]);
  });
});

describe('small windows on the real case', () => {
  it.each([
    ['200 % zoom', 720, 450],
    ['320 px', 320, 800],
  ] as const)('fits every screen at %s', async (name, width, height) => {
    const { page, trouble } = await open('light');
    await page.setViewportSize({ width, height });
    for (const screen of WALK) {
      await page.goto(`${new URL(address).origin}/#/${screen.toLowerCase()}`);
      await settled(page);
      await page.screenshot(shot(`${screen.toLowerCase()}-${width}`));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide, `${screen} at ${name} is wider than the window`).toBeLessThanOrEqual(0);
    }
    expect(trouble).toEqual([]);
  });
});

describe('the timeline by keyboard alone', () => {
  it('brushes to the unrecorded stretch, reads the gap, and goes to the record before it', async () => {
    const { page, trouble } = await open('dark');
    await page.keyboard.press('3');
    await settled(page);
    await page.getByRole('application').focus();
    await page.keyboard.press('Home');
    for (let n = 0; n < 30; n++) await page.keyboard.press('ArrowRight');
    for (let n = 0; n < 12; n++) await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.chip').count()).toBe(1);
    await settled(page);
    const brushed = await page.locator('.events-count').innerText();
    expect(brushed).not.toMatch(/45.048/);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.events-count').innerText()).toMatch(/45.048 events/);

    const gap = page.getByRole('complementary', { name: /Not recorded, db1/ });
    for (let n = 0; n < 20 && !(await gap.isVisible()); n++) await page.keyboard.press(']');
    expect(await gap.innerText()).toContain('Last record before');
    await settled(page);
    await page.screenshot(shot('gap'));
    expect(await axeViolations(page)).toEqual([]);
    await gap.getByRole('button', { name: /Last record before/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: /^Event/ }).waitFor();
    await settled(page);
    // The table has come to the record among its neighbours.
    await page.locator('[role=row].current').waitFor();
    await page.getByRole('button', { name: 'Show its session' }).press('Enter');
    await page.getByRole('complementary', { name: /^Session/ }).waitFor();
    await settled(page);
    await page.screenshot(shot('session'));
    expect(trouble).toEqual([]);
  });
});

describe('one sitting', () => {
  it('takes in a file, triages a finding, seals, and opens the package as an auditor', async () => {
    const { page, trouble } = await open('light');
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
    expect(await page.getByRole('complementary', { name: /^Event/ }).innerText()).toContain(
      'shop.order_audit_v',
    );

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
    await page
      .getByText(/same bytes/)
      .first()
      .waitFor();

    await go(page, 'Findings');
    await page.keyboard.press('j');
    await page.getByText('Why it fired', { exact: true }).waitFor();
    await settled(page);
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('c');
    await expect.poll(() => page.locator('.queue .badge.danger').count()).toBeGreaterThan(0);

    await go(page, 'Report');
    await page.getByLabel('Summary').fill('Staging tables were truncated while the audit was off.');
    await page.getByRole('button', { name: 'Seal package', exact: true }).click();
    // The examiner's own key is known to the examiner.
    await page.getByText('Verified: intact, and signed by a key you trust').waitFor({ timeout: 60_000 });
    await page.getByText('What comes next').scrollIntoViewIfNeeded();
    await page.screenshot(shot('sealed'));

    await go(page, 'Cases');
    await page.screenshot(shot('cases-sealed'));
    const saved = page.waitForEvent('download');
    await page
      .getByRole('button', { name: /^Save tabletop/ })
      .first()
      .click();
    const handedOver = join(cases, (await saved).suggestedFilename());
    await (await saved).saveAs(handedOver);

    await page
      .getByRole('button', { name: /^Verify tabletop/ })
      .first()
      .click();
    await page.getByText('Verified: intact, and signed by a key you trust').waitFor({ timeout: 60_000 });
    await page.screenshot({ ...shot('package-own'), fullPage: true });

    // The auditor has the package alone, and nobody's word for the key.
    const picker = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose another' }).click();
    await (await picker).setFiles(handedOver);
    await page
      .getByText('Intact, but you have no reason yet to trust the signer')
      .waitFor({ timeout: 60_000 });
    await settled(page);
    await page.screenshot({ ...shot('package-verified'), fullPage: true });
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Open read-only', exact: true }).click();
    await page.getByText('Nothing here can be changed').waitFor({ timeout: 60_000 });
    // What verification said survives a reload of the page.
    await page.reload();
    await page
      .getByText('Intact, but you have no reason yet to trust the signer')
      .waitFor({ timeout: 60_000 });
    await settled(page);
    await go(page, 'Timeline');
    expect(await page.locator('.events-count').innerText()).toMatch(/45.048 events/);
    await page.screenshot(shot('auditor-timeline'));
    await go(page, 'Findings');
    await page.screenshot(shot('auditor-findings'));
    expect(trouble).toEqual([]);
  }, 180_000);
});
