/** An event, with what correlations of correlations ask of it. */
export interface EventRef {
  readonly id: string;
  /** Microseconds since 1970 UTC. */
  readonly at: number;
  /** The source file: the order of its records is certain, between files that of one instant is not. */
  readonly source: string;
  /** Its place there; told of the events of inner windows only. */
  readonly place: number;
  /** Values of the fields that correlations further out read, in an order that the run chooses. */
  readonly fields: readonly (string | undefined)[];
}

/** A window of an inner correlation (SIGMA K12): `occurrences` from `from` up to but without `to`. */
export interface InnerWindow {
  readonly occurrences: readonly Occurrence[];
  readonly from: number;
  readonly to: number;
  /** Whether it reaches beyond what was recorded. */
  readonly incomplete: boolean;
}

/** One event that a referenced rule selected, or one window of a referenced correlation, as the windows see it. */
export interface Occurrence {
  /** Microseconds since 1970 UTC. */
  readonly at: number;
  /** What it stands for. */
  readonly of: EventRef | InnerWindow;
  /** Bit i: the i-th referenced rule. */
  readonly rules: number;
  /** Values of `group-by` as written. */
  readonly group: readonly string[];
  /** Values of `condition.field`; undefined where the event has none. */
  readonly values: readonly (string | undefined)[];
  /** Occurrences of one source come in its order; of several sources at one instant, any order counts (SIGMA K9). */
  readonly source: string;
}

/** The events that an occurrence stands for, those of inner windows too. */
export function* eventsOf({ of }: Occurrence): Generator<EventRef> {
  if ('id' in of) {
    yield of;
    return;
  }
  for (let i = of.from; i < of.to; i++) {
    const inner = of.occurrences[i];
    if (inner !== undefined) yield* eventsOf(inner);
  }
}

/** The order of the case: time, then the record's place in its source (SIGMA K9). */
export function inCaseOrder(a: EventRef, b: EventRef): number {
  if (a.at !== b.at) return a.at - b.at;
  return a.source === b.source ? a.place - b.place : a.source < b.source ? -1 : 1;
}

/** An occurrence with its number within its group. */
export interface Kept {
  readonly occurrence: Occurrence;
  readonly serial: number;
}
