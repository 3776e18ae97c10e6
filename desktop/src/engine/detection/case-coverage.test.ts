import { expect, test } from 'vitest';
import { without } from './case-coverage.ts';

test('what was recorded is what the gaps leave, their own ends included', () => {
  const whole = { from: 100, to: 200 };
  expect(without(whole, [])).toEqual([whole]);
  expect(
    without(whole, [
      { from: 150, to: 160 },
      { from: 120, to: 130 },
      { from: 125, to: 140 },
    ]),
  ).toEqual([
    { from: 100, to: 120 },
    { from: 140, to: 150 },
    { from: 160, to: 200 },
  ]);
  expect(
    without(whole, [
      { from: 0, to: 110 },
      { from: 190, to: 300 },
    ]),
  ).toEqual([{ from: 110, to: 190 }]);
  expect(
    without(whole, [
      { from: 200, to: 300 },
      { from: 10, to: 20 },
    ]),
  ).toEqual([whole]);
});
