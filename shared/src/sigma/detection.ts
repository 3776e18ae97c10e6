import type { Cancel } from '../text/cancel.ts';

/** How the rule engine reaches a database: the one door through which a plan's SQL runs. */
export interface SqlEngine {
  all(sql: string, params: readonly SqlValue[], signal?: Cancel): Promise<readonly SqlRow[]>;
  /** The same rows in order, a batch at a time: what a correlation reads is never held whole. Without it, `all` serves. */
  stream?(sql: string, params: readonly SqlValue[], signal?: Cancel): AsyncIterable<readonly SqlRow[]>;
}
export type SqlValue = string | number | bigint | boolean | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** One match of a rule: an event or a group of them (`RunOptions.grouping`), or for a correlation a window of events. */
export interface Match {
  readonly rule: string;
  /** `event_id`s, earliest first; capped at 1000, `count` is the full number. */
  readonly events: readonly string[];
  readonly count: number;
  /** Microseconds since 1970 UTC; 0 where the event has no usable time. */
  readonly first: number;
  readonly last: number;
  readonly fired_at: number;
  /** Correlations: the group's values by field, and where shares of values are judged, the value. */
  readonly group?: Readonly<Record<string, string>>;
  /** Correlations: the peak of what was counted or summed. */
  readonly value?: number;
  /** Correlations: a window of the match reaches beyond what was recorded, so that events of it may be missing. */
  readonly window_incomplete?: true;
  /** Which search identifiers of the rule were satisfied (all events of the match together). */
  readonly selections?: readonly string[];
}

/** What became of one rule in a run. "Ran and found nothing" and "could not run" are different answers. */
export interface RuleRun {
  readonly rule: string;
  readonly title: string;
  readonly status: 'ran' | 'skipped' | 'failed';
  /** Why it was skipped or failed. */
  readonly reason?: string;
  /** What would have let it run: an estate that defines what it asks for. */
  readonly needs?: 'estate';
  /** How it ran, where that is less than its text says: without a list by which it leaves something out. */
  readonly notes?: readonly string[];
  /** Fields that the rule asks for and no event of the case has. */
  readonly absentFields: readonly string[];
  /** The earliest matches, at most `RunOptions.limit`; where they are put together, all of them. */
  readonly matches: readonly Match[];
  /** How many events, or for a correlation windows, match. */
  readonly total: number;
  /** Correlations: what was left out of the windows, and how often, by reason for people. */
  readonly leftOut?: Readonly<Record<string, number>>;
  readonly ms: number;
}
