import type { SuiteResult } from '../test-result.ts';
import type { MutantResult } from './mutation-report.ts';

/**
 * Brings together what suites say of the same mutants: a rule may have tests in several files, and be one that a tested
 * correlation refers to. A mutant counts once, where it stands first, and is noticed where any suite notices it.
 */
export function mergeMutations(suites: readonly SuiteResult[]): readonly SuiteResult[] {
  const noticed = new Map<string, string>();
  for (const { mutation } of suites)
    for (const mutant of mutation?.mutants ?? [])
      if (mutant.noticedBy !== undefined && !noticed.has(keyOf(mutant)))
        noticed.set(keyOf(mutant), mutant.noticedBy);
  const told = new Set<string>();
  return suites.map((suite) => {
    const { mutation } = suite;
    if (mutation === undefined) return suite;
    const mutants = mutation.mutants.flatMap((mutant) => {
      const key = keyOf(mutant);
      if (told.has(key)) return [];
      told.add(key);
      const noticedBy = noticed.get(key);
      return [noticedBy === undefined ? mutant : { ...mutant, noticedBy }];
    });
    return { ...suite, mutation: { ...mutation, mutants } };
  });
}

function keyOf({ file, line, mutation, diff }: MutantResult): string {
  return JSON.stringify([file, line, mutation, diff]);
}
