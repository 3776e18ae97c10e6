import type { EventFlag } from '../../events/event-flag.ts';
import { and, type Predicate } from '../predicate.ts';
import type { LogSource } from '../rule.ts';
import { logSourcePredicate } from './logsource.ts';

/** What the events are that rules are planned for. */
export interface EventKind {
  /** The events that a log source means; undefined where it means others than these. */
  logSource(source: LogSource): Predicate | undefined;
  /** Values of the field `flags` that events get by what an estate declares, and by nothing else. */
  readonly estateFlags: readonly EventFlag[];
  /** Whether they are as they came, with arrays whose members a rule can choose (SIGMA R17). */
  readonly nested: boolean;
}

/** The events of a case: a database's, with the flags that its estate gives them. */
export const CASE_EVENTS: EventKind = {
  logSource: logSourcePredicate,
  estateFlags: ['sensitive_object', 'privileged_user', 'off_hours'],
  nested: false,
};

/** Any JSON events: whoever brings rules and events together says that the rules are for these events. */
export const ANY_EVENTS: EventKind = { logSource: () => and([]), estateFlags: [], nested: true };
