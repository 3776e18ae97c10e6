import type { Scalar } from '../text/yaml-source.ts';

/** A field of an event as a test writes it. */
export type TestValue = Scalar | readonly TestValue[] | { readonly [key: string]: TestValue };

export interface TestEvent {
  /** Microseconds after the test's start. */
  readonly offset: number;
  readonly fields: Readonly<Record<string, TestValue>>;
}

/** One case beside a rule (SIGMA T1). */
export interface RuleTest {
  readonly name: string;
  readonly expect: 'match' | 'no-match' | 'error';
  /** Exactly so many matches; otherwise at least one. */
  readonly matchCount?: number;
  readonly events: readonly TestEvent[];
  readonly line: number;
}

export interface RuleTestFile {
  /** File, id or name of the rule; by default the sibling `x.yml` of `x.test.yml`. */
  readonly rule?: string;
  readonly tests: readonly RuleTest[];
}
