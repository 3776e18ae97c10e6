import { expect, it } from 'vitest';
import { foldRuns } from './fold-runs.ts';

it.each([
  ['judgement of F1, F2, F3, F4', 'judgement of F1 to F4'],
  ['judgement of F1, F2, F4, F5, F6, F9', 'judgement of F1, F2, F4 to F6, F9'],
  ['judgement of F1, F2', 'judgement of F1, F2'],
  // Numbers with leading zeros are names: they are not counted.
  ['E001, E002, E003: person, time', 'E001, E002, E003: person, time'],
  ['clock offset of db1', 'clock offset of db1'],
])('%s', (text, folded) => {
  expect(foldRuns(text)).toBe(folded);
});
