import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage, settled, type Visit, visit } from './renderer-kit.ts';

const ROWS = 5_000_000;

let stage: Stage;
let visited: Visit;
beforeAll(async () => {
  stage = await openStage();
  visited = await visit(stage, { screen: 'timeline', rows: ROWS, width: 1600, height: 1000 });
  await visited.page.locator('[role=gridcell]').first().waitFor();
});
afterAll(async () => {
  expect(visited.trouble).toEqual([]);
  await stage?.close();
});

interface ShownRow {
  readonly index: number;
  /** Ordinal in the event id of the row, counted from 0: what the row is, as against where it says it stands. */
  readonly ordinal: number;
  readonly top: number;
}

/** Rows that the window shows, by what their cells say. The column event_id is shown for this test. */
function shownRows(page: Page): Promise<ShownRow[]> {
  return page.evaluate(() => {
    const view = document.querySelector('.grid-window')?.getBoundingClientRect();
    return [...document.querySelectorAll<HTMLElement>('.grid-window [role=row]')].flatMap((row) => {
      const box = row.getBoundingClientRect();
      if (view === undefined || box.bottom <= view.top + 1 || box.top >= view.bottom - 1) return [];
      const id = row.querySelector('[role=gridcell]')?.textContent ?? '';
      return [
        {
          index: Number(row.getAttribute('aria-rowindex')) - 2,
          ordinal: Number(id.split(':')[1]) - 1,
          top: Math.round(box.top),
        },
      ];
    });
  });
}

/** Every shown row is the one it says it is, each once, in order, without a hole. */
function expectExact(rows: readonly ShownRow[]): void {
  expect(rows.length).toBeGreaterThan(5);
  const sorted = rows.toSorted((a, b) => a.top - b.top);
  sorted.forEach((row, n) => {
    expect(row.ordinal).toBe(row.index);
    expect(row.index).toBe((sorted[0]?.index ?? 0) + n);
  });
}

describe('five million rows in one table', () => {
  it('shows the event id first, for the checks below', async () => {
    const { page } = visited;
    await page.evaluate(() => {
      const kept = JSON.parse(localStorage.getItem('dbwitness.preferences') ?? '{}');
      localStorage.setItem(
        'dbwitness.preferences',
        JSON.stringify({
          ...kept,
          columns: [
            { field: 'event_id', width: 160 },
            { field: 'time', width: 240 },
            { field: 'user', width: 120 },
          ],
        }),
      );
    });
    await page.reload();
    await page.locator('[role=gridcell]').first().waitFor();
    await settled(page);
    await expect.poll(() => page.locator('[role=grid]').getAttribute('aria-rowcount')).toBe(String(ROWS + 1));
    expectExact(await shownRows(page));
    expect((await shownRows(page))[0]?.index).toBe(0);
  });

  it('reaches the last row and comes back to the first by keyboard', async () => {
    const { page } = visited;
    await page.locator('.grid-window [role=gridcell]').first().click();
    await page.keyboard.press('Control+End');
    await settled(page);
    const end = await shownRows(page);
    expectExact(end);
    expect(Math.max(...end.map((row) => row.index))).toBe(ROWS - 1);
    await page.keyboard.press('Control+Home');
    await settled(page);
    expect(Math.min(...(await shownRows(page)).map((row) => row.index))).toBe(0);
  });

  it('reaches 200 random rows exactly, from wherever it stands', async () => {
    const { page } = visited;
    let seed = 20260302;
    for (let n = 0; n < 200; n++) {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      const to = seed % ROWS;
      // As dragging the bar does, then as the keys do: bar and keys must agree.
      await page.evaluate((row) => {
        const grid = document.querySelector<HTMLElement>('.grid');
        if (grid) grid.scrollTop = (row / 5_000_000) * (grid.scrollHeight - grid.clientHeight);
      }, to);
      await settled(page);
      const rows = await shownRows(page);
      expectExact(rows);
      const near = rows[Math.floor(rows.length / 2)]?.index ?? 0;
      // One pixel of the bar is about 18 rows here; the drag lands within a screen of it.
      expect(Math.abs(near - to)).toBeLessThan(60);
      await page
        .locator(`.grid-window [aria-rowindex="${near + 2}"] [role=gridcell]`)
        .first()
        .focus();
      await page.keyboard.press('ArrowDown');
      await settled(page);
      expectExact(await shownRows(page));
    }
  }, 120_000);

  it('moves by exact rows with the wheel', async () => {
    const { page } = visited;
    await page.locator('[role=grid]').hover();
    const before = Math.min(...(await shownRows(page)).map((row) => row.index));
    await page.mouse.wheel(0, 28 * 10);
    await expect
      .poll(async () => Math.min(...(await shownRows(page)).map((row) => row.index)) - before)
      .toBe(10);
    expectExact(await shownRows(page));
  });

  it('keeps the focus when the focused row is scrolled away, and comes back with a key', async () => {
    const { page } = visited;
    const row = (await shownRows(page))[3]?.index ?? 0;
    await page
      .locator(`.grid-window [aria-rowindex="${row + 2}"] [role=gridcell]`)
      .first()
      .click();
    await page.mouse.wheel(0, 28 * 5000);
    await settled(page);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('gridcell');
    await page.keyboard.press('ArrowDown');
    await settled(page);
    const rows = await shownRows(page);
    expectExact(rows);
    expect(rows.some((one) => one.index === row + 1)).toBe(true);
  });

  it('holds at most 80 rows in the document', async () => {
    expect(await visited.page.locator('.grid-window [role=row]').count()).toBeLessThanOrEqual(80);
  });
});
