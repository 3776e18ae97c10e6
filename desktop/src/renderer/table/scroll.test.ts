import { describe, expect, it } from 'vitest';
import {
  isExact,
  MAX_SPACER,
  maxOffset,
  offsetCentring,
  offsetShowing,
  spacerHeight,
  toOffset,
  toScrollTop,
  visibleRows,
} from './scroll.ts';

const SPACES = [
  { rows: 1, rowHeight: 28, viewHeight: 600 },
  { rows: 1000, rowHeight: 28, viewHeight: 600 },
  { rows: 5_000_000, rowHeight: 28, viewHeight: 613 },
  { rows: 50_000_000, rowHeight: 24, viewHeight: 400.5 },
] as const;

describe.each(SPACES)('scroll over $rows rows', (space) => {
  it('never asks for a taller element than browsers give', () => {
    expect(spacerHeight(space)).toBeLessThanOrEqual(MAX_SPACER);
  });

  it('has exact ends', () => {
    expect(toOffset(space, 0)).toBe(0);
    expect(toOffset(space, spacerHeight(space) - space.viewHeight)).toBe(maxOffset(space));
    expect(toScrollTop(space, 0)).toBe(0);
    expect(toScrollTop(space, maxOffset(space))).toBeCloseTo(
      Math.max(0, spacerHeight(space) - space.viewHeight),
      6,
    );
  });

  it('shows the first row at the top and the last row at the bottom', () => {
    expect(visibleRows(space, 0, 0).first).toBe(0);
    expect(visibleRows(space, maxOffset(space), 0).last).toBe(space.rows);
  });

  it('brings every row wholly into view', () => {
    for (let n = 0; n < 500; n++) {
      const row = Math.floor((n / 500) * space.rows);
      for (const from of [0, maxOffset(space) / 3, maxOffset(space)]) {
        for (const offset of [offsetShowing(space, from, row), offsetCentring(space, row)]) {
          expect(offset).toBeLessThanOrEqual(Math.max(0, row * space.rowHeight));
          expect(offset + Math.max(space.viewHeight, space.rowHeight)).toBeGreaterThanOrEqual(
            (row + 1) * space.rowHeight,
          );
        }
      }
    }
  });

  it('does not move when the row is in view already', () => {
    const offset = maxOffset(space) / 2;
    const row = Math.ceil(offset / space.rowHeight);
    if (space.rows > 100) expect(offsetShowing(space, offset, row)).toBe(offset);
  });
});

it('uses one pixel of the bar for one pixel of rows while the browser can', () => {
  const space = { rows: 100_000, rowHeight: 28, viewHeight: 600 };
  expect(isExact(space)).toBe(true);
  expect(toOffset(space, 1234)).toBeCloseTo(1234, 6);
  expect(isExact({ ...space, rows: 5_000_000 })).toBe(false);
});
