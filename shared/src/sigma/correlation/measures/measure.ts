import type { Occurrence } from '../occurrence.ts';

/** What a correlation computes over the occurrences of one window, kept up as they come and go. */
export interface Measure {
  add(occurrence: Occurrence): void;
  remove(occurrence: Occurrence): void;
  /** The figure that thresholds judge; undefined where the window holds no value. `from`: start of the window. */
  value(from: number): number | undefined;
}
