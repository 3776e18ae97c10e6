import type { EventRunOptions } from '../../sigma/documents/run-on-events.ts';
import type { TableEngine } from '../../sigma/sql/table-engine.ts';
import { judge } from '../judge.ts';
import type { PreparedTest } from '../prepare.ts';
import { runVariants } from '../variants.ts';
import type { MadeMutant } from './make-mutants.ts';
import type { MutantResult } from './mutation-report.ts';

/** Mutants that are tried in one go: one table and a few queries for all of them. */
const BATCH = 64;

/** Runs each mutant over the events of tests that pass with the rule itself, and tells which test fails first. */
export async function tryMutants(
  mutants: readonly MadeMutant[],
  tests: readonly PreparedTest[],
  start: number,
  engine: TableEngine,
  options: EventRunOptions,
): Promise<readonly MutantResult[]> {
  const results: MutantResult[] = [];
  for (let from = 0; from < mutants.length; from += BATCH) {
    const batch = mutants.slice(from, from + BATCH);
    const found = await runVariants(
      batch.map(({ variant }) => variant),
      tests,
      engine,
      options,
    );
    for (const [i, { change }] of batch.entries()) {
      const noticing = tests.find(({ test }, t) => {
        const of = found[i]?.[t];
        return of !== undefined && judge(test, of, start).length > 0;
      });
      results.push(noticing === undefined ? change : { ...change, noticedBy: noticing.test.name });
    }
  }
  return results;
}
