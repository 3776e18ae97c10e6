import type { Rule } from '../../sigma/rule.ts';
import type { Problem } from '../../text/problem.ts';
import type { RuleTest, RuleTestFile } from '../rule-test.ts';
import type { SuiteResult } from '../test-result.ts';

/** All that a run of rule tests has to tell. */
export interface TestReport {
  readonly suites: readonly SuiteResult[];
  /** Tests of other tools, which nothing here can run. */
  readonly listed: readonly { readonly file: RuleTestFile; readonly test: RuleTest }[];
  readonly untested: readonly Rule[];
  /** What is wrong with rules and tests as files. */
  readonly problems: readonly Problem[];
  readonly engine: string;
}

export interface TestTotals {
  readonly passed: number;
  readonly failed: number;
  readonly notRun: number;
  readonly mutants: number;
  readonly noticed: number;
  readonly equivalent: number;
}

export function totalsOf({ suites, listed }: TestReport): TestTotals {
  const results = suites.flatMap((suite) => suite.results);
  const mutants = suites.flatMap(({ mutation }) => mutation?.mutants ?? []);
  const count = (status: string) => results.filter((result) => result.status === status).length;
  return {
    passed: count('passed'),
    failed: count('failed'),
    notRun: count('not run') + listed.length,
    mutants: mutants.length,
    noticed: mutants.filter(({ noticedBy }) => noticedBy !== undefined).length,
    equivalent: suites.reduce((sum, { mutation }) => sum + (mutation?.equivalent ?? 0), 0),
  };
}
