import { expect, it } from 'vitest';
import { CHECKS } from './checks/index.ts';
import { checkNamed, OTHER_NAMES } from './other-names.ts';
import { checksOf, PROFILE_NAMES, PROFILES } from './profiles.ts';

it('has 73 of the 80 in the profile of SigmaHQ (SIGMA L2), and everything in the strict one', () => {
  expect(checksOf('sigmahq')).toHaveLength(73);
  expect(checksOf('strict')).toHaveLength(CHECKS.length);
  expect(PROFILE_NAMES).toEqual(Object.keys(PROFILES));
});

it('has no check of ours off in the default profile that is not opt-in', () => {
  const on = new Set(checksOf('dbwitness').map(({ check }) => check.id));
  const off = CHECKS.filter(
    ({ origin, optIn, id }) => (origin === 'own' || origin === 'others') && optIn !== true && !on.has(id),
  );
  expect(off).toEqual([]);
});

it('knows what every other name means', () => {
  const unknown = Object.entries(OTHER_NAMES).filter(([, own]) => checkNamed(own) !== own);
  expect(unknown).toEqual([]);
  const ids = new Set(CHECKS.map(({ id }) => id));
  expect(Object.keys(OTHER_NAMES).filter((name) => ids.has(name))).toEqual([]);
  expect(checkNamed('title_case')).toBe('sigmahq_title_case');
  expect(checkNamed('constructor')).toBeUndefined();
});

it('names in supersedes only checks that there are', () => {
  const ids = new Set(CHECKS.map(({ id }) => id));
  expect(CHECKS.flatMap(({ supersedes = [] }) => supersedes).filter((id) => !ids.has(id))).toEqual([]);
});
