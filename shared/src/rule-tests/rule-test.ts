import type { DocumentFields } from '../sigma/documents/document.ts';
import type { Place } from '../text/span.ts';

/** An event as a test writes it. */
export interface TestEvent {
  /** Microseconds after the test's start; undefined where the event is to say itself when it happened, else it is the start. */
  readonly offset: number | undefined;
  readonly fields: DocumentFields;
}

/** What a rule is tried on: events inline, log records as their program wrote them, or files. */
export type TestInput =
  | { readonly kind: 'events'; readonly events: readonly TestEvent[] }
  | { readonly kind: 'raw'; readonly text: string }
  | {
      readonly kind: 'data';
      /** Relative to the test file; a folder stands for the events of each file in it, apart from the others. */
      readonly path: string;
      /** The path may begin in any folder above the test file: a repository's. */
      readonly upwards: boolean;
    };

/** How many matches there may be. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** What the matches must be besides their number; what is not named may be anything. */
export interface MatchWishes {
  /** The events that are part of a match, and no others: counted from 0, repeated ones each. */
  readonly events?: readonly number[];
  /** Values of a correlation's group; some match has them all. */
  readonly group?: Readonly<Record<string, string>>;
  /** Microseconds after the test's start at which some match begins and ends. */
  readonly window?: { readonly first?: number; readonly last?: number };
}

/** How log records of a test are read; see `ReadOptions` of the log formats. */
export interface Reading {
  /** Id of a log format, `pgaudit` for its bare messages, or `json`; without it the text is looked at. */
  readonly source?: string;
  readonly zone?: string;
  readonly linePrefix?: string;
}

/** One case beside a rule (SIGMA T1). */
export interface RuleTest {
  readonly name: string;
  /** File, id, name or title of the rule; by default that of the file. */
  readonly rule?: string;
  readonly expect: 'match' | 'no-match' | 'error';
  readonly count: Bounds;
  readonly wishes: MatchWishes;
  readonly input: TestInput;
  readonly reading: Reading;
  readonly at: Place;
  /** Why nobody but its own tool can run it; the test is listed. */
  readonly notRunnable?: string;
}

/** A file of tests, or the tests that stand within a rule. */
export interface RuleTestFile {
  readonly file: string;
  /** Id of the format (`TEST_FORMATS`). */
  readonly format: string;
  /** File, id, name or title of the rule; by default the sibling `x.yml` of `x.test.yml`. */
  readonly rule?: string;
  /** When cases begin, in microseconds since 1970 UTC. */
  readonly start: number;
  /** What the rules' placeholders and the marks of events come from: a path relative to the file, or the text itself. */
  readonly estate?: { readonly path: string } | { readonly text: string };
  readonly tests: readonly RuleTest[];
  /** No other rule may match the data of these tests. */
  readonly othersMustNotMatch?: true;
}

/** A Monday, ten in the morning, UTC: where a file says nothing. */
export const DEFAULT_START = Date.UTC(2026, 0, 5, 10) * 1000;

export const AT_LEAST_ONE: Bounds = { least: 1, most: Number.POSITIVE_INFINITY };
export const NONE: Bounds = { least: 0, most: 0 };
