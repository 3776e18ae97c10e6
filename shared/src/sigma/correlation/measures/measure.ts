import type { Figure } from '../figure.ts';
import type { Kept } from '../occurrence.ts';

/** What a correlation computes over the occurrences of one window, kept up as they come and go. */
export interface Measure {
  /** Takes all occurrences of the next instant, those of each source in its order. */
  add(instant: readonly Kept[]): void;
  /** Drops the oldest occurrence. */
  remove(kept: Kept): void;
  /** What thresholds judge; undefined where the window holds nothing. `from`: start of the window. */
  value(from: number): Figure | undefined;
}
