/** One event that a referenced rule selected, or one match of a referenced correlation, as the windows see it. */
export interface Occurrence {
  /** Microseconds since 1970 UTC. */
  readonly at: number;
  /** The events it stands for, earliest first. */
  readonly events: readonly string[];
  /** Bit i: the i-th referenced rule. */
  readonly rules: number;
  /** Values of `condition.field`; undefined where the event has none. */
  readonly values: readonly (string | undefined)[];
  /** Tells records of one source file, whose order is certain, from those of another. */
  readonly source: string;
}
