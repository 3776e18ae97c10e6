import type { ExplainedTest } from '../sigma/run/explain.ts';
import type { Problem } from '../text/problem.ts';
import type { MutationReport } from './mutate/mutation-report.ts';
import type { RuleTest } from './rule-test.ts';
import type { TestSuite } from './suites.ts';

/** A match in the events of one test. */
export interface FoundMatch {
  /** Counted from 0; of very many the first. */
  readonly events: readonly number[];
  /** How many they are. */
  readonly count: number;
  readonly selections?: readonly string[];
  /** Correlations. */
  readonly group?: Readonly<Record<string, string>>;
  /** Correlations: microseconds since 1970 UTC. */
  readonly first?: number;
  readonly last?: number;
  readonly value?: number;
}

/** What a rule found in the events of one test. */
export interface RuleFound {
  readonly status: 'ran' | 'skipped' | 'failed';
  readonly reason?: string;
  readonly notes: readonly string[];
  readonly matches: readonly FoundMatch[];
  /** Correlations: what of all tests' events was left out of the windows, and how often. */
  readonly leftOut?: Readonly<Record<string, number>>;
}

/** Why a rule saw an event or did not. */
export interface ExplainedEvent {
  readonly event: number;
  /** The rule, where it is not the one that is tried: one that a correlation refers to. */
  readonly rule?: string;
  readonly selections: readonly { readonly name: string; readonly satisfied: boolean }[];
  readonly tests: readonly ExplainedTest[];
}

export interface TestResult {
  readonly test: RuleTest;
  /** Not run: nothing here can read its data. */
  readonly status: 'passed' | 'failed' | 'not run';
  /** What is not as expected, or why it was not run, as sentences. */
  readonly why: readonly string[];
  readonly events: number;
  readonly found?: RuleFound;
  /** Fields that the rule asks for and no event of the test has. */
  readonly absentFields: readonly string[];
  /** Where it failed. */
  readonly explained: readonly ExplainedEvent[];
}

export interface SuiteResult {
  readonly suite: TestSuite;
  readonly results: readonly TestResult[];
  /** What is wrong with what the suite needs: its estate. */
  readonly problems: readonly Problem[];
  readonly mutation?: MutationReport;
  readonly ms: number;
}
