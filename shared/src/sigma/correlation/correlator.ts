import type { CorrelationRule } from '../rule.ts';
import { fold } from '../values/fold.ts';
import type { Occurrence } from './occurrence.ts';
import { GroupWindows, type WindowMatch } from './windows.ts';

export interface GroupMatch extends WindowMatch {
  /** Values of `group-by` as the group's first event writes them. */
  readonly group: readonly string[];
}

/** Occurrences between two looks for groups whose windows are over. */
const SWEEP_EVERY = 65_536;

/** Divides occurrences, which come in order of time, into groups (SIGMA K2) and keeps the windows of each. */
export class Correlator {
  readonly #rule: CorrelationRule;
  readonly #groups = new Map<string, { readonly group: readonly string[]; readonly windows: GroupWindows }>();
  #taken = 0;
  #withoutValue = 0;

  constructor(rule: CorrelationRule) {
    this.#rule = rule;
  }

  /** Occurrences that took no part because they have no usable value. */
  get withoutValue(): number {
    return this.#withoutValue;
  }

  /** Takes the next occurrence of the group with these values; gives the matches that are complete by now. */
  *take(group: readonly string[], occurrence: Occurrence): Generator<GroupMatch> {
    if (++this.#taken % SWEEP_EVERY === 0) yield* this.#sweep(occurrence.at);
    const key = fold(group.join('\0'));
    let entry = this.#groups.get(key);
    if (entry === undefined) {
      entry = { group, windows: new GroupWindows(this.#rule) };
      this.#groups.set(key, entry);
    }
    for (const match of entry.windows.push(occurrence)) yield { ...match, group: entry.group };
  }

  /** No more occurrences: gives the rest. */
  *end(): Generator<GroupMatch> {
    yield* this.#sweep(Number.POSITIVE_INFINITY);
  }

  /** Ends groups that no window can join any more, so that memory follows the open windows and not the case. */
  *#sweep(at: number): Generator<GroupMatch> {
    const reach = Math.max(this.#rule.timespan, this.#rule.gap ?? 0);
    for (const [key, { group, windows }] of this.#groups) {
      if (windows.last >= at - reach) continue;
      for (const match of windows.end()) yield { ...match, group };
      this.#withoutValue += windows.withoutValue;
      this.#groups.delete(key);
    }
  }
}
