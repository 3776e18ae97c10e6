import { expect, it } from 'vitest';
import { editDistance, nearest } from './edit-distance.ts';

it.each<[string, string, number]>([
  ['', '', 0],
  ['', 'ab', 2],
  ['level', 'levle', 1],
  ['tags', 'tag', 1],
  ['user', 'usr', 1],
  ['status', 'statue', 1],
  ['date', 'title', 3],
])('%s → %s takes %i', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
  expect(editDistance(b, a)).toBe(distance);
});

it('finds the nearest word within reach', () => {
  expect(nearest('levle', ['title', 'level'], 1)).toBe('level');
  expect(nearest('colour', ['title', 'level'], 2)).toBeUndefined();
});
