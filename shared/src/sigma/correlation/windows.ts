import type { CorrelationRule } from '../rule.ts';
import type { Judge, Verdict } from './judge.ts';
import type { Measure } from './measures/measure.ts';
import type { Kept, Occurrence } from './occurrence.ts';
import { type MatchOptions, OpenMatch, type Reach, type WindowMatch } from './open-match.ts';

const NONE: readonly WindowMatch[] = [];

/** Open matches of one group above which those that nothing can join any more are looked for. */
const MANY = 256;

/**
 * The windows of one group. Occurrences come in order of time; a window is judged when the next time is known,
 * because events of one instant belong together (SIGMA K3). What fell out of every window is forgotten.
 */
export class GroupWindows {
  readonly #rule: CorrelationRule;
  readonly #judge: Judge;
  readonly #options: MatchOptions;
  #measure: Measure;
  #kept: Kept[] = [];
  /** Start of `#kept`: what is before it is gone, and is cut off now and then. */
  #head = 0;
  #serial = 0;
  #last = Number.NEGATIVE_INFINITY;
  /** By the value that it is about, where shares of values are judged; else one. */
  readonly #open = new Map<string, OpenMatch>();
  #many = MANY;
  readonly #instant: Kept[] = [];

  constructor(rule: CorrelationRule, judge: Judge, options: MatchOptions) {
    this.#rule = rule;
    this.#judge = judge;
    this.#options = options;
    this.#measure = judge.measure();
  }

  /** Time of the last occurrence. */
  get last(): number {
    return this.#last;
  }

  /** Takes the next occurrence, which is usable; gives the matches that it completes. */
  push(occurrence: Occurrence): readonly WindowMatch[] {
    const matches = occurrence.at > this.#last ? this.#advance(occurrence.at) : NONE;
    this.#last = occurrence.at;
    this.#instant.push({ occurrence, serial: this.#serial++ });
    return matches;
  }

  /** No more occurrences: gives the rest. */
  end(): readonly WindowMatch[] {
    return this.#advance(Number.POSITIVE_INFINITY);
  }

  /** Judges the window that ends at the last instant, then drops what the one ending at `next` will not hold. */
  #advance(next: number): WindowMatch[] {
    const matches: WindowMatch[] = [];
    this.#measure.add(this.#instant);
    for (const kept of this.#instant) this.#kept.push(kept);
    this.#instant.length = 0;
    const first = this.#kept[this.#head];
    if (first === undefined) return matches;
    const keepFrom = this.#start(next, first.occurrence.at);
    // A window is maximal when the next one lacks some of its events.
    if (this.#judge.eager || first.occurrence.at < keepFrom) this.#judged(first, matches);
    while (this.#head < this.#kept.length) {
      const oldest = this.#kept[this.#head];
      if (oldest === undefined || oldest.occurrence.at >= keepFrom) break;
      this.#measure.remove(oldest);
      this.#head++;
    }
    if (this.#head === this.#kept.length) {
      // Also forgets what a measure remembers beyond its occurrences.
      this.#measure = this.#judge.measure();
      this.#kept = [];
      this.#head = 0;
      this.#finish(Number.POSITIVE_INFINITY, matches);
    } else if (this.#head > 32 && this.#head * 2 > this.#kept.length) {
      this.#kept = this.#kept.slice(this.#head);
      this.#head = 0;
    }
    if (this.#open.size > this.#many) {
      this.#finish(this.#kept[this.#head]?.serial ?? Number.POSITIVE_INFINITY, matches);
      this.#many = Math.max(MANY, this.#open.size * 2);
    }
    return matches;
  }

  /** Earliest time that the window of an occurrence at `next` holds (SIGMA K3, K13). */
  #start(next: number, first: number): number {
    const { window, timespan, gap = timespan } = this.#rule;
    if (next === Number.POSITIVE_INFINITY) return next;
    if (window === 'sliding') return next - timespan;
    if (window === 'tumbling') return bucket(next, timespan);
    return next - this.#last > gap || next - first > timespan
      ? Number.POSITIVE_INFINITY
      : Number.NEGATIVE_INFINITY;
  }

  #judged(first: Kept, matches: WindowMatch[]): void {
    const from = first.occurrence.at;
    for (const verdict of this.#judge.verdicts(this.#measure, from))
      this.#satisfied(verdict, this.#reach(from), matches);
  }

  #satisfied({ figure, value }: Verdict, reach: Reach, matches: WindowMatch[]): void {
    const { key, kept, head } = value ?? { key: '', kept: this.#kept, head: this.#head };
    const first = kept[head];
    if (first === undefined) return;
    let open = this.#open.get(key);
    if (open === undefined || first.serial > open.serial) {
      if (open !== undefined) matches.push(this.#finished(open));
      open = new OpenMatch(first.occurrence, this.#last, this.#options);
      this.#open.set(key, open);
    }
    open.join(this.#last, kept, head, figure, reach);
  }

  /** From when to when events would have belonged to the window that ends at the last instant, had there been any. */
  #reach(first: number): Reach {
    const { window, timespan, gap = timespan } = this.#rule;
    const last = this.#last;
    if (window === 'tumbling') {
      const from = bucket(first, timespan);
      return { from, to: from + timespan - 1 };
    }
    if (window === 'session') return { from: first - gap, to: last + gap };
    return { from: last - timespan, to: this.#judge.eager ? last : first + timespan };
  }

  /** Ends the matches that no window from the occurrence numbered `serial` on can join. */
  #finish(serial: number, matches: WindowMatch[]): void {
    for (const [key, open] of this.#open) {
      if (open.serial >= serial) continue;
      matches.push(this.#finished(open));
      this.#open.delete(key);
    }
  }

  #finished(open: OpenMatch): WindowMatch {
    const { type, condition } = this.#rule;
    return open.finished(type === 'value_percentile' && condition.percentile === undefined);
  }
}

/** Start of the bucket that holds `time`: buckets are aligned to 1970-01-01T00:00Z. */
function bucket(time: number, timespan: number): number {
  return Math.floor(time / timespan) * timespan;
}
