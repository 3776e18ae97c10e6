import { expect, it } from 'vitest';
import { barShare, binTotal, largestBin } from './draw-bars.ts';

const histogram = {
  from: 0,
  to: 30,
  bin: 10,
  keys: ['a', 'b'],
  series: [
    [1, 0, 5],
    [2, 0, 0],
  ],
  total: 8,
  unplaced: 0,
};

it('adds the series of a bin', () => {
  expect([0, 1, 2, 9].map((bin) => binTotal(histogram, bin))).toEqual([3, 0, 5, 0]);
  expect(largestBin(histogram)).toBe(5);
});

it('draws nothing for nothing, and everything for the largest', () => {
  for (const scale of ['linear', 'log'] as const) {
    expect(barShare(0, 5, scale)).toBe(0);
    expect(barShare(5, 5, scale)).toBe(1);
    expect(barShare(1, 1_000_000, scale)).toBeGreaterThan(0);
  }
});
