import { type Figure, shownFigure } from './figure.ts';
import {
  type EventRef,
  eventsOf,
  type InnerWindow,
  inCaseOrder,
  type Kept,
  type Occurrence,
} from './occurrence.ts';

/** Event ids that a match lists; `count` is the full number. */
export const MOST_EVENTS = 1000;

/** Satisfied windows that share an event, as one (SIGMA K5). */
export interface WindowMatch {
  /** Values of `group-by`, as the first event writes them. */
  readonly group: readonly string[];
  /** Where shares of values are judged: the value that it is about, as the first event writes it. */
  readonly of?: readonly (string | undefined)[];
  /** Times of the earliest and the latest event. */
  readonly first: number;
  readonly last: number;
  /** End of the first satisfied window. */
  readonly firedAt: number;
  /** The highest figure of a satisfied window. */
  readonly value: number;
  /** Earliest first, at most `MOST_EVENTS`. */
  readonly events: readonly string[];
  readonly count: number;
  /** How far its windows reach, and the source files of its events: what must have been recorded for it to be whole. */
  readonly reach: Reach;
  readonly sources: ReadonlySet<string>;
  /** An inner window of it reaches beyond what was recorded. */
  readonly incomplete: boolean;
  /** For a correlation that refers to this one: each satisfied window. */
  readonly windows?: readonly SatisfiedWindow[];
}

/** A satisfied window, which ends at `at`. */
export interface SatisfiedWindow extends Omit<InnerWindow, 'incomplete'> {
  readonly at: number;
}

/** From when to when a window reaches, also where it holds no event. */
export interface Reach {
  readonly from: number;
  readonly to: number;
}

export interface MatchOptions {
  /** Whether occurrences may be inner windows, which share events. */
  readonly isOuter: boolean;
  /** Keeps each satisfied window, with all its occurrences. */
  readonly keepWindows: boolean;
}

/** A match that later windows may still join. */
export class OpenMatch {
  /** Number of the last occurrence that is counted. */
  serial = -1;
  readonly #options: MatchOptions;
  readonly #firedAt: number;
  readonly #group: readonly string[];
  readonly #of: readonly (string | undefined)[];
  readonly #sources = new Set<string>();
  #value = Number.NEGATIVE_INFINITY;
  #from = Number.POSITIVE_INFINITY;
  #to = Number.NEGATIVE_INFINITY;
  #count = 0;
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;
  #incomplete = false;
  #ids: string[] = [];
  /** All events, each once, where occurrences share some. */
  readonly #refs: Map<string, EventRef> | undefined;
  /** How far the occurrences of an inner match are in `#refs`. */
  readonly #taken = new Map<readonly Occurrence[], number>();
  readonly #occurrences: Occurrence[] = [];
  readonly #windows: SatisfiedWindow[] = [];

  /** Begins with the first occurrence of its first satisfied window, which ends at `firedAt`. */
  constructor(first: Occurrence, firedAt: number, options: MatchOptions) {
    this.#options = options;
    this.#refs = options.isOuter ? new Map() : undefined;
    this.#firedAt = firedAt;
    this.#group = first.group;
    this.#of = first.values;
  }

  /** Joins a satisfied window that ends at `at`: `kept` from `head` on. */
  join(at: number, kept: readonly Kept[], head: number, figure: Figure, reach: Reach): void {
    this.#value = Math.max(this.#value, shownFigure(figure));
    this.#from = Math.min(this.#from, reach.from);
    this.#to = Math.max(this.#to, reach.to);
    for (let i = this.#newFrom(kept, head); i < kept.length; i++) {
      const next = kept[i];
      if (next !== undefined) this.#take(next);
    }
    if (!this.#options.keepWindows) return;
    const to = this.#occurrences.length;
    this.#windows.push({ at, occurrences: this.#occurrences, from: to - (kept.length - head), to });
  }

  finished(isShare: boolean): WindowMatch {
    if (this.#refs !== undefined) {
      const refs = [...this.#refs.values()].sort(inCaseOrder);
      this.#ids = refs.slice(0, MOST_EVENTS).map(({ id }) => id);
    }
    return {
      group: this.#group,
      ...(isShare ? { of: this.#of } : {}),
      first: this.#first,
      last: this.#last,
      firedAt: this.#firedAt,
      value: this.#value,
      events: this.#ids,
      count: this.#refs?.size ?? this.#count,
      reach: { from: this.#from, to: this.#to },
      sources: this.#sources,
      incomplete: this.#incomplete,
      ...(this.#options.keepWindows ? { windows: this.#windows } : {}),
    };
  }

  /** Index of the first of `kept` that is not counted yet: nearly always near the end. */
  #newFrom(kept: readonly Kept[], head: number): number {
    let index = kept.length;
    while (index > head && (kept[index - 1]?.serial ?? 0) > this.serial) index--;
    return index;
  }

  #take({ occurrence, serial }: Kept): void {
    this.serial = serial;
    if (this.#options.keepWindows) this.#occurrences.push(occurrence);
    const { of } = occurrence;
    if ('id' in of) this.#takeEvent(of);
    else this.#takeWindow(of);
  }

  #takeEvent(event: EventRef): void {
    this.#sources.add(event.source);
    this.#first = Math.min(this.#first, event.at);
    this.#last = Math.max(this.#last, event.at);
    this.#count++;
    if (this.#refs !== undefined) this.#refs.set(event.id, event);
    else if (this.#ids.length < MOST_EVENTS) this.#ids.push(event.id);
  }

  #takeWindow(window: InnerWindow): void {
    if (window.incomplete) this.#incomplete = true;
    const taken = this.#taken.get(window.occurrences) ?? 0;
    for (let i = Math.max(taken, window.from); i < window.to; i++) {
      const inner = window.occurrences[i];
      for (const event of inner === undefined ? [] : eventsOf(inner)) this.#takeEvent(event);
    }
    this.#taken.set(window.occurrences, Math.max(taken, window.to));
  }
}
