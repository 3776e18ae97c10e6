import { expect, it } from 'vitest';
import { fitsGlob } from './glob.ts';

it.each<[string, string, boolean]>([
  ['old/**', 'old/a/b.yml', true],
  ['old/', 'old/a/b.yml', true],
  ['old/*', 'old/a/b.yml', false],
  ['**/b.yml', 'b.yml', true],
  ['**/b.yml', 'old/a/b.yml', true],
  ['b.yml', 'old/a/b.yml', true],
  ['./old/a.yml', 'old/a.yml', true],
  ['old/?.yml', 'old/a.yml', true],
  ['old/?.yml', 'old/ab.yml', false],
  ['a+b/(c).yml', 'a+b/(c).yml', true],
  ['*.yaml', 'rules/a.yml', false],
])('%s and %s: %s', (pattern, path, fits) => {
  expect(fitsGlob(pattern, path)).toBe(fits);
});
