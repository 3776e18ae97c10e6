import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations, openStage, SCREENSHOTS, type Stage, settled, visit } from './renderer-kit.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

const shot = (name: string) => ({ path: join(SCREENSHOTS, `${name}.png`) });

describe('the work of an examiner', () => {
  it('takes in files: preview, progress, one that fails, account with bytes', async () => {
    const { page, context, trouble } = await visit(stage, { screen: 'evidence', scene: 'empty' });
    await settled(page);
    await page.keyboard.press('a');
    await page.getByRole('article').first().waitFor();
    await settled(page);
    await page.screenshot({ ...shot('walk-evidence-staged'), fullPage: true });
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Take in 3 files' }).click();
    await page.getByRole('progressbar').first().waitFor();
    await page.screenshot(shot('walk-evidence-progress'));
    await page.getByText('Not taken in: core.bin').waitFor();
    await page.getByRole('button', { name: 'E002' }).click();
    await settled(page);
    await page.screenshot({ ...shot('walk-evidence-account'), fullPage: true });
    expect(await axeViolations(page)).toEqual([]);
    expect(trouble).toEqual([]);
    await context.close();
  });

  it('cancels an import and keeps the files staged', async () => {
    const { page, context } = await visit(stage, { screen: 'evidence' });
    await settled(page);
    await page.keyboard.press('a');
    await page.getByRole('button', { name: 'Take in 3 files' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Cancelled.').waitFor();
    expect(await page.getByRole('article').count()).toBe(3);
    await context.close();
  });

  it('shows unreadable ranges in hex with their reason', async () => {
    const { page, context, trouble } = await visit(stage, { screen: 'evidence/E002' });
    await settled(page);
    await page.getByRole('button', { name: 'Show bytes' }).first().click();
    await page.locator('.hex').waitFor();
    expect(await page.locator('.hex').innerText()).toContain('00014000');
    await page.screenshot({ ...shot('walk-evidence-hex'), fullPage: true });
    expect(trouble).toEqual([]);
    await context.close();
  });

  it('filters by a facet, by the search line and by the brush, and undoes it', async () => {
    const { page, context, trouble } = await visit(stage, { screen: 'timeline' });
    await settled(page);
    const count = page.locator('.events-count');
    expect(await count.innerText()).toContain('40');
    await page.getByRole('button', { name: 'Filter for user dba_shared' }).click();
    await settled(page);
    await expect.poll(() => page.locator('.chip').count()).toBe(1);
    await page.keyboard.press('/');
    await page.keyboard.type('-class:session flags:audit_change');
    await page.keyboard.press('Enter');
    await settled(page);
    await page.screenshot(shot('walk-timeline-filtered'));
    expect(await page.locator('.chip').count()).toBe(3);
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('application').focus();
    await page.keyboard.press('u');
    // One line typed is one change.
    await expect.poll(() => page.locator('.chip').count()).toBe(1);
    await page.keyboard.press('x');
    await expect.poll(() => page.locator('.chip').count()).toBe(0);
    // The brush, by keyboard alone.
    await page.getByRole('application').focus();
    await page.keyboard.press('Home');
    for (let n = 0; n < 12; n++) await page.keyboard.press('ArrowRight');
    for (let n = 0; n < 12; n++) await page.keyboard.press('Shift+ArrowRight');
    await page.screenshot(shot('walk-timeline-brush'));
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.chip').count()).toBe(1);
    expect(trouble).toEqual([]);
    await context.close();
  });

  it('opens an event from the keyboard, and hostile text is inert, visible and copied raw', async () => {
    const { page, context, trouble } = await visit(stage, { screen: 'timeline' });
    await settled(page);
    await page.keyboard.press('/');
    await page.keyboard.type('class:other');
    await page.keyboard.press('Enter');
    await settled(page);
    await page.getByRole('application').focus();
    await page.keyboard.press('e');
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: /^Event/ }).waitFor();
    await settled(page);
    const statement = page.locator('.detail .statement').first();
    expect(await statement.innerText()).toContain('⟪U+202E⟫');
    expect(await statement.innerText()).toContain('NUL');
    expect(await page.evaluate(() => 'pwned' in globalThis)).toBe(false);
    expect(await page.locator('main img, main script, main a[href^="javascript"]').count()).toBe(0);
    await page.screenshot(shot('walk-event-detail'));
    expect(await axeViolations(page)).toEqual([]);
    // What is selected and copied is the raw text again.
    const copied = await page.evaluate(() => {
      const element = document.querySelector('.detail .statement [data-raw]');
      if (element === null) return '';
      getSelection()?.selectAllChildren(element);
      const data = new DataTransfer();
      document.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true }));
      return data.getData('text/plain');
    });
    expect(copied).toContain('\u202Eevil\u202C');
    expect(copied).toContain('\u0000');
    await page.getByRole('button', { name: 'Bytes', exact: true }).click();
    await page.screenshot(shot('walk-event-bytes'));
    await page.keyboard.press('Escape');
    expect(await page.getByRole('complementary', { name: /^Event/ }).count()).toBe(0);
    expect(trouble).toEqual([]);
    await context.close();
  });

  it('uses the cell menu by keyboard', async () => {
    const { page, context } = await visit(stage, { screen: 'timeline' });
    await settled(page);
    await page.keyboard.press('e');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('m');
    await page.getByRole('menu').waitFor();
    await page.screenshot(shot('walk-cell-menu'));
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.chip.negated').count()).toBe(1);
    await context.close();
  });

  it('shows the timeline as a table, with what is not known', async () => {
    const { page, context } = await visit(stage, { screen: 'timeline' });
    await settled(page);
    await page.keyboard.press('t');
    await page.getByRole('dialog').waitFor();
    expect(await page.getByRole('dialog').innerText()).toContain('Not recorded');
    await page.screenshot(shot('walk-timeline-table'));
    expect(await axeViolations(page)).toEqual([]);
    await context.close();
  });

  it('leads from a band of the timeline to what is not known, and from a mark to its finding', async () => {
    const { page, context, trouble } = await visit(stage, { screen: 'timeline' });
    await settled(page);
    await page.locator('[data-gap="G1"] .gap').click();
    const gap = page.getByRole('complementary', { name: 'Not recorded, pg-prod-1' });
    expect(await gap.innerText()).toContain('pgaudit.log = none');
    await gap.getByRole('button', { name: /^First record after/ }).click();
    await page.getByRole('complementary', { name: /^Event/ }).waitFor();
    await settled(page);
    // Marks of one moment cover each other; the last is on top.
    await page.locator('[data-finding] path').last().click();
    await page.getByText('Why it fired', { exact: true }).waitFor();
    await settled(page);
    await page
      .getByRole('button', { name: /^Session of/ })
      .first()
      .click();
    await page.getByRole('complementary', { name: /^Session/ }).waitFor();
    expect(trouble).toEqual([]);
    await context.close();
  });

  it('shows the sessions of the user that is filtered for, and opens one', async () => {
    const { page, context, trouble } = await visit(stage, { screen: 'timeline' });
    await settled(page);
    const count = async () => Number((await page.locator('.sessions-label').innerText()).replace(/\D/g, ''));
    const all = await count();
    await page.getByRole('button', { name: 'Filter for user dba_shared' }).click();
    await expect.poll(count).toBeLessThan(all);
    await settled(page);
    await page.locator('[data-session] .session-bar').first().click();
    const session = page.getByRole('complementary', { name: /^Session/ });
    await session.waitFor();
    await session.getByText('dba_shared').first().waitFor();
    expect(trouble).toEqual([]);
    await context.close();
  });

  it('leads from the three questions of a case to their screens', async () => {
    const { page, context, trouble } = await visit(stage, { screen: 'cases' });
    await settled(page);
    await page.getByRole('button', { name: 'Show on the timeline' }).click();
    await page.getByRole('complementary', { name: /^(Not recorded|Records missing)/ }).waitFor();
    await page.keyboard.press('1');
    await page.getByRole('button', { name: 'Go to Findings' }).click();
    await page.getByRole('heading', { name: 'Findings', exact: true }).waitFor();
    expect(trouble).toEqual([]);
    await context.close();
  });

  it('says what an estate file is for where rules could not run, and attaches one', async () => {
    const { page, context, trouble } = await visit(stage, { screen: 'evidence', scene: 'empty' });
    await settled(page);
    expect(await page.locator('#estate').innerText()).toContain('None is attached to this case.');
    await page.getByRole('button', { name: 'Attach an estate file' }).click();
    await page.getByText('Rules have not run again yet').waitFor();
    expect(await page.locator('#estate').innerText()).toContain('declared, in Europe/Berlin');
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Go to Findings' }).click();
    await page.getByText('No rule has run yet').waitFor();
    expect(trouble).toEqual([]);
    await context.close();
  });

  it('triages by keyboard alone', async () => {
    const { page, context, trouble } = await visit(stage, { screen: 'findings' });
    await settled(page);
    await page.keyboard.press('j');
    await page.getByText('Why it fired', { exact: true }).waitFor();
    await settled(page);
    await page.screenshot(shot('walk-finding'));
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('c');
    await expect.poll(() => page.locator('.queue .badge.danger').count()).toBe(2);
    await page.keyboard.press('k');
    await page.keyboard.press('n');
    await page.keyboard.type('Checked against the change calendar.');
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.locator('.note').first().waitFor();
    expect(trouble).toEqual([]);
    await context.close();
  });

  it('opens a session with its holes and its statements', async () => {
    const { page, context, trouble } = await visit(stage, { screen: 'sessions' });
    await settled(page);
    await page.getByLabel('Show').selectOption('with holes');
    await settled(page);
    await page.locator('.grid-window [role=gridcell]').first().click();
    await page.locator('.session-hole').waitFor();
    await page.screenshot(shot('walk-session'));
    expect(await axeViolations(page)).toEqual([]);
    expect(trouble).toEqual([]);
    await context.close();
  });

  it('verifies the ledger, shows an entry and writes a transfer', async () => {
    const { page, context, trouble } = await visit(stage, { screen: 'custody' });
    await settled(page);
    await page.keyboard.press('v');
    await page.getByText('The ledger is intact').waitFor();
    await page.locator('.grid-window [role=gridcell]').first().click();
    await page.getByText('Body as signed').waitFor();
    await page.screenshot(shot('walk-custody'));
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Record a transfer' }).click();
    await page.getByLabel('E001').check();
    await page.screenshot(shot('walk-transfer'));
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Write entry' }).click();
    await expect.poll(() => page.getByText('42 entries').count()).toBeGreaterThan(0);
    expect(trouble).toEqual([]);
    await context.close();
  });

  it('creates a key, seals and says in words what the verifier found', async () => {
    const { page, context, trouble } = await visit(stage, { screen: 'report', scene: 'empty' });
    await settled(page);
    await page.getByLabel('Your name').fill('Ines Prasad');
    await page.getByLabel('Passphrase', { exact: true }).fill('correct horse battery');
    await page.getByLabel('Passphrase again').fill('correct horse battery');
    await page.screenshot({ ...shot('walk-report-key'), fullPage: true });
    await page.getByRole('button', { name: 'Create key' }).click();
    await page.getByRole('button', { name: 'Seal package' }).click();
    await page.getByText('Intact, but you have no reason yet to trust the signer').waitFor();
    expect(await page.getByText('2 things were not checked').count()).toBe(1);
    await page.locator('.verdict').scrollIntoViewIfNeeded();
    await page.screenshot(shot('walk-report-sealed'));
    expect(await axeViolations(page)).toEqual([]);
    expect(trouble).toEqual([]);
    await context.close();
  });
});

describe('the work of an auditor', () => {
  it('verifies a package, opens it read-only, and meets no act that writes', async () => {
    const { page, context, trouble } = await visit(stage, { screen: 'package', scene: 'none' });
    await settled(page);
    await page.keyboard.press('p');
    await page.locator('.verdict').waitFor();
    await page.screenshot({ ...shot('walk-package-verified'), fullPage: true });
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Open read-only' }).click();
    await page.getByText('Nothing here can be changed').waitFor();
    await settled(page);
    await page.screenshot(shot('walk-auditor'));
    expect(await page.locator('.rail-link').allInnerTexts()).not.toContain('Report');
    expect(trouble).toEqual([]);
    await context.close();
  });

  it.each(['cases', 'evidence', 'timeline', 'sessions', 'findings', 'custody', 'package'])(
    'offers nothing that writes on %s',
    async (screen) => {
      const { page, context, trouble } = await visit(stage, { screen, scene: 'auditor' });
      await settled(page);
      const buttons = await page.getByRole('button').allInnerTexts();
      for (const words of [
        'New case',
        'Add files',
        'Take in',
        'Verify exhibits',
        'Run detection',
        'Confirm',
        'Add note',
        'Record a transfer',
        'Set offset',
        'Seal package',
        'Attach',
        'No examiner key',
      ])
        expect(buttons.some((text) => new RegExp(`${words}\\b`).test(text))).toBe(false);
      expect(await axeViolations(page)).toEqual([]);
      expect(trouble).toEqual([]);
      await context.close();
    },
  );
});

describe('the frame', () => {
  it('finds every command in the palette and goes where it says', async () => {
    const { page, context, trouble } = await visit(stage, { screen: 'cases' });
    await settled(page);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('custo');
    await page.screenshot(shot('walk-palette'));
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Custody' }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.screenshot(shot('walk-keys'));
    expect(await axeViolations(page)).toEqual([]);
    expect(trouble).toEqual([]);
    await context.close();
  });

  it('shows times in the chosen zone everywhere, and says which', async () => {
    const { page, context } = await visit(stage, { screen: 'cases' });
    await settled(page);
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.screenshot(shot('walk-settings'));
    expect(await axeViolations(page)).toEqual([]);
    await page.getByLabel('Display zone').selectOption('Asia/Tokyo');
    await page.keyboard.press('Escape');
    await page.keyboard.press('3');
    await settled(page);
    expect(await page.locator('.status-zone').innerText()).toBe('Times in Asia/Tokyo');
    expect(await page.locator('.cell-time').first().innerText()).toBe('2026-03-02 14:00:00.000000');
    await context.close();
  });

  it('skips to the screen, and switches single letters off', async () => {
    const { page, context } = await visit(stage, { screen: 'cases' });
    await settled(page);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN');
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByLabel('Single-letter keys act').uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('4');
    await page.keyboard.press('n');
    expect(await page.getByRole('heading', { name: 'Cases' }).count()).toBe(1);
    expect(await page.getByRole('dialog').count()).toBe(0);
    await context.close();
  });

  it.each(['cases', 'evidence', 'timeline', 'sessions', 'findings', 'custody', 'report', 'package'])(
    '%s needs no sideways scrolling at 320 pixels',
    async (screen) => {
      const { page, context, trouble } = await visit(stage, { screen, width: 320, height: 720 });
      await settled(page);
      await page.screenshot(shot(`narrow-${screen}`));
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      expect(await axeViolations(page)).toEqual([]);
      expect(trouble).toEqual([]);
      await context.close();
    },
  );

  it('cancels what is superseded: a slow engine leaves the page usable', async () => {
    const { page, context, trouble } = await visit(stage, { screen: 'findings', scene: 'slow' });
    await page.getByText('Loading…').first().waitFor();
    await page.keyboard.press('1');
    await page.getByRole('heading', { name: 'Cases' }).waitFor();
    expect(trouble).toEqual([]);
    await context.close();
  });
});
