import type { CorrelationRule } from '../rule.ts';
import { isSatisfied, isUsable, measureOf } from './judge.ts';
import type { Measure } from './measures/measure.ts';
import type { Occurrence } from './occurrence.ts';

/** Satisfied windows that share an event, as one (SIGMA K5). */
export interface WindowMatch {
  readonly first: number;
  readonly last: number;
  /** End of the first satisfied window. */
  readonly firedAt: number;
  /** The highest figure of a satisfied window. */
  readonly value: number;
  /** Earliest first, at most `MOST_EVENTS`. */
  readonly events: readonly string[];
  readonly count: number;
}

/** Event ids that a match lists; `count` is the full number. */
export const MOST_EVENTS = 1000;

interface Kept {
  readonly occurrence: Occurrence;
  readonly serial: number;
}

interface OpenMatch {
  first: number;
  last: number;
  firedAt: number;
  value: number;
  events: string[];
  count: number;
  /** Serial of the last occurrence that is counted. */
  serial: number;
}

/**
 * The windows of one group. Occurrences come in order of time; a window is judged when the next time is known,
 * because events of one instant belong together (SIGMA K3). What fell out of every window is forgotten.
 */
export class GroupWindows {
  readonly #rule: CorrelationRule;
  readonly #eager: boolean;
  #measure: Measure;
  #kept: Kept[] = [];
  /** Start of `#kept`: what is before it is gone, and is cut off now and then. */
  #head = 0;
  #serial = 0;
  #last = Number.NEGATIVE_INFINITY;
  #open: OpenMatch | undefined;
  #instant: Occurrence[] = [];
  #withoutValue = 0;

  constructor(rule: CorrelationRule) {
    this.#rule = rule;
    this.#measure = measureOf(rule);
    this.#eager = judgesEveryWindow(rule);
  }

  /** Time of the last occurrence. */
  get last(): number {
    return this.#last;
  }

  /** Occurrences that took no part because they have no usable value (SIGMA K7). */
  get withoutValue(): number {
    return this.#withoutValue;
  }

  /** Takes the next occurrence; gives the matches that it completes. */
  push(occurrence: Occurrence): readonly WindowMatch[] {
    if (!isUsable(this.#rule, occurrence)) {
      this.#withoutValue++;
      return [];
    }
    const matches = occurrence.at > this.#last ? this.#advance(occurrence.at) : [];
    this.#last = occurrence.at;
    this.#instant.push(occurrence);
    return matches;
  }

  /** No more occurrences: gives the rest. */
  end(): readonly WindowMatch[] {
    const matches = this.#advance(Number.POSITIVE_INFINITY);
    if (this.#open !== undefined) matches.push(finished(this.#open));
    this.#open = undefined;
    return matches;
  }

  /** Judges the window that ends at the last instant, then drops what the one ending at `next` will not hold. */
  #advance(next: number): WindowMatch[] {
    const matches: WindowMatch[] = [];
    for (const occurrence of inOrder(this.#instant)) {
      this.#measure.add(occurrence);
      this.#kept.push({ occurrence, serial: this.#serial++ });
    }
    this.#instant = [];
    const first = this.#kept[this.#head];
    if (first === undefined) return matches;
    const keepFrom = this.#start(next, first.occurrence.at);
    // A window is maximal when the next one lacks some of its events.
    if (this.#eager || first.occurrence.at < keepFrom) this.#judge(matches);
    while (this.#head < this.#kept.length) {
      const oldest = this.#kept[this.#head];
      if (oldest === undefined || oldest.occurrence.at >= keepFrom) break;
      this.#measure.remove(oldest.occurrence);
      this.#head++;
    }
    if (this.#head === this.#kept.length) {
      // Also forgets what a measure remembers beyond its occurrences.
      this.#measure = measureOf(this.#rule);
      this.#kept = [];
      this.#head = 0;
    } else if (this.#head > 1024 && this.#head * 2 > this.#kept.length) {
      this.#kept = this.#kept.slice(this.#head);
      this.#head = 0;
    }
    return matches;
  }

  /** Earliest time that the window of an occurrence at `next` holds. */
  #start(next: number, first: number): number {
    const { window, timespan, gap = timespan } = this.#rule;
    if (next === Number.POSITIVE_INFINITY) return next;
    if (window === 'sliding') return next - timespan;
    if (window === 'tumbling') return Math.floor(next / timespan) * timespan;
    return next - this.#last > gap || next - first > timespan
      ? Number.POSITIVE_INFINITY
      : Number.NEGATIVE_INFINITY;
  }

  #judge(matches: WindowMatch[]): void {
    const first = this.#kept[this.#head];
    const from = first?.occurrence.at ?? 0;
    if (first === undefined || !isSatisfied(this.#rule, this.#measure, from)) return;
    const value = this.#measure.value(from) ?? 0;
    const open = this.#open;
    if (open !== undefined && first.serial <= open.serial) {
      open.value = Math.max(open.value, value);
      this.#extend(open);
      return;
    }
    if (open !== undefined) matches.push(finished(open));
    this.#open = {
      first: from,
      last: from,
      firedAt: this.#kept.at(-1)?.occurrence.at ?? from,
      value,
      events: [],
      count: 0,
      serial: -1,
    };
    this.#extend(this.#open);
  }

  #extend(open: OpenMatch): void {
    for (let i = this.#indexAfter(open.serial); i < this.#kept.length; i++) {
      const kept = this.#kept[i];
      if (kept === undefined) continue;
      open.count += kept.occurrence.events.length;
      open.last = kept.occurrence.at;
      open.serial = kept.serial;
      for (const event of kept.occurrence.events)
        if (open.events.length < MOST_EVENTS) open.events.push(event);
    }
  }

  #indexAfter(serial: number): number {
    const first = this.#kept[this.#head]?.serial ?? 0;
    return this.#head + Math.max(0, serial + 1 - first);
  }
}

/** Counts that can only grow with the window are judged at every event, all else where a window is whole (SIGMA K4). */
function judgesEveryWindow({ type, condition, window }: CorrelationRule): boolean {
  const grows =
    type === 'event_count' || type === 'value_count' || type === 'temporal' || type === 'temporal_ordered';
  const lowerBounds = condition.thresholds.every(
    (threshold) => threshold.is === 'gt' || threshold.is === 'gte',
  );
  return grows && lowerBounds && condition.expression === undefined && window === 'sliding';
}

/** Occurrences of one instant: each source's own order is kept; between sources the one earlier in the list is first (K9). */
function inOrder(instant: readonly Occurrence[]): readonly Occurrence[] {
  const queues = new Map<string, Occurrence[]>();
  for (const occurrence of instant)
    queues.set(occurrence.source, [...(queues.get(occurrence.source) ?? []), occurrence]);
  if (queues.size < 2) return instant;
  const ordered: Occurrence[] = [];
  while (queues.size > 0) {
    let next: { readonly source: string; readonly rank: number } | undefined;
    for (const [source, [head]] of queues) {
      const rank = Math.log2((head?.rules ?? 1) & -(head?.rules ?? 1));
      if (next === undefined || rank < next.rank) next = { source, rank };
    }
    const queue = queues.get(next?.source ?? '') ?? [];
    const taken = queue.shift();
    if (taken !== undefined) ordered.push(taken);
    if (queue.length === 0) queues.delete(next?.source ?? '');
  }
  return ordered;
}

function finished({ first, last, firedAt, value, events, count }: OpenMatch): WindowMatch {
  return { first, last, firedAt, value, events, count };
}
