import type { Match, RuleRun } from '../detection.ts';

/** A match of a rule, in the order of time, events without one last: an event, or for a correlation a window of events with its group, times and peak. */
export interface EventMatch extends Omit<Match, 'rule' | 'events'> {
  /** Which events, counted from 0 in the order in which they were given. */
  readonly events: readonly number[];
}

/** What became of one rule, as `RuleRun` has it. */
export interface EventRun extends Omit<RuleRun, 'matches'> {
  readonly matches: readonly EventMatch[];
  /** Events that the rule matches and a filter hides, where that was asked for and a filter reaches the rule (SIGMA F4). */
  readonly hidden?: readonly number[];
}
