import { describe, expect, it } from 'vitest';
import { binsFor, follow, pan, stretchBetween, wholeOf, zoom } from './viewport.ts';

const BOUNDS = { from: 0, to: 1_000_000_000 };

describe('zoom', () => {
  it('keeps what is under the pointer where it is', () => {
    const about = 250_000_000;
    const view = zoom(BOUNDS, 0.5, about, BOUNDS);
    expect((about - view.from) / (view.to - view.from)).toBeCloseTo(0.25, 6);
  });

  it('never leaves the case, and never goes below a millisecond', () => {
    expect(zoom(BOUNDS, 4, 10, BOUNDS)).toEqual(BOUNDS);
    let view = BOUNDS;
    for (let n = 0; n < 100; n++) view = zoom(view, 0.5, 999_999_999, BOUNDS);
    expect(view.to - view.from).toBeGreaterThanOrEqual(1000);
    expect(view.to).toBeLessThanOrEqual(BOUNDS.to);
  });

  it('pans inside the case', () => {
    const view = { from: 900_000_000, to: 1_000_000_000 };
    expect(pan(view, 1, BOUNDS)).toEqual(view);
    expect(pan(view, -1, BOUNDS)).toEqual({ from: 800_000_000, to: 900_000_000 });
  });

  it('follows the cursor out of view', () => {
    const view = follow({ from: 0, to: 100 }, 500, BOUNDS);
    expect(view.from).toBeLessThanOrEqual(500);
    expect(view.to).toBeGreaterThan(500);
  });
});

describe('bins', () => {
  it('are of a round width and cover the view', () => {
    for (const width of [1500, 77_777, 3_333_333, 86_400_000_000, 2e13, 9e14]) {
      const view = { from: 123_456_789, to: 123_456_789 + width };
      const { from, to, bins } = binsFor(view, 200);
      expect(from).toBeLessThanOrEqual(view.from);
      expect(to).toBeGreaterThanOrEqual(view.to);
      expect(bins).toBeLessThanOrEqual(202);
      expect(((to - from) / bins) % 1).toBe(0);
    }
  });

  it('do not change with a small pan', () => {
    const width = (view: { from: number; to: number; bins: number }) => (view.to - view.from) / view.bins;
    const a = binsFor({ from: 0, to: 3_600_000_000 }, 200);
    const b = binsFor({ from: 7_000_000, to: 3_607_000_000 }, 200);
    expect(width(a)).toBe(width(b));
    expect(b.from % width(b)).toBe(0);
  });
});

it('takes the whole of several sources, and nothing of none', () => {
  expect(wholeOf([])).toBeUndefined();
  const whole = wholeOf([
    { from: 5e9, to: 6e9 },
    { from: 1e9, to: 2e9 },
  ]);
  expect(whole?.from).toBeLessThan(1e9);
  expect(whole?.to).toBeGreaterThan(6e9);
});

it('makes a stretch of two times in any order', () => {
  expect(stretchBetween(9, 3)).toEqual({ from: 3, to: 9 });
  expect(stretchBetween(3, 3)).toBeUndefined();
});
