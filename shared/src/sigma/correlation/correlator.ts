import type { CorrelationRule } from '../rule.ts';
import { Judge } from './judge.ts';
import type { Occurrence } from './occurrence.ts';
import type { MatchOptions, WindowMatch } from './open-match.ts';
import { tupleKey } from './tuple.ts';
import { GroupWindows } from './windows.ts';

const NONE: readonly WindowMatch[] = [];

/** Occurrences between two looks for groups whose windows are over. */
const SWEEP_EVERY = 65_536;

/** Divides occurrences, which come in order of time, into groups (SIGMA K2) and keeps the windows of each. */
export class Correlator {
  readonly #rule: CorrelationRule;
  readonly #judge: Judge;
  readonly #options: MatchOptions;
  readonly #groups = new Map<string, GroupWindows>();
  #taken = 0;
  #withoutValue = 0;

  constructor(rule: CorrelationRule, options: MatchOptions) {
    this.#rule = rule;
    this.#judge = new Judge(rule);
    this.#options = options;
  }

  /** Occurrences that took no part because they have no usable value (SIGMA K7). */
  get withoutValue(): number {
    return this.#withoutValue;
  }

  /** Takes the next occurrence; gives the matches that are complete by now. */
  take(occurrence: Occurrence): readonly WindowMatch[] {
    if (!this.#judge.isUsable(occurrence)) {
      this.#withoutValue++;
      return NONE;
    }
    const over = ++this.#taken % SWEEP_EVERY === 0 ? [...this.#sweep(occurrence.at)] : NONE;
    const key = tupleKey(occurrence.group);
    let windows = this.#groups.get(key);
    if (windows === undefined) {
      windows = new GroupWindows(this.#rule, this.#judge, this.#options);
      this.#groups.set(key, windows);
    }
    const matches = windows.push(occurrence);
    return over.length === 0 ? matches : [...over, ...matches];
  }

  /** No more occurrences: gives the rest. */
  *end(): Generator<WindowMatch> {
    yield* this.#sweep(Number.POSITIVE_INFINITY);
  }

  /** Ends groups that no window can join any more, so that memory follows the open windows and not the case. */
  *#sweep(at: number): Generator<WindowMatch> {
    const reach = Math.max(this.#rule.timespan, this.#rule.gap ?? 0);
    for (const [key, windows] of this.#groups) {
      if (windows.last >= at - reach) continue;
      yield* windows.end();
      this.#groups.delete(key);
    }
  }
}
