import type { Observed } from './observations.ts';
import type { SequenceState } from './pgaudit/audit-sequence.ts';
import type { CutState } from './piece-cutter.ts';
import type { ClockState } from './time/log-clock.ts';

/**
 * All that a PostgreSQL log's reader has learned up to a place of its file: another that takes it up goes on as if it had
 * read everything before. Plain data, so that it crosses to other threads.
 */
export interface Carried {
  readonly cut: CutState;
  readonly clock: ClockState;
  readonly sessions: SequenceState;
  readonly observations: readonly Observed[];
}

/**
 * Reading from the middle of a file, before what stands in front of it has been read. What a reader says of a record may
 * depend on the records before; so it begins on a presumption, notes what that decided, and is confirmed or refused later.
 */
export interface Carrier {
  /** Begins at a record's presumed start, `offset` bytes into the file, which counts as line 1 until it is confirmed. */
  begin(offset: number, presumed: Carried): void;
  /**
   * Puts what came before in front of what was read since `begin`: returns how many lines stand before, or undefined where
   * any record would have been read otherwise after it. The reader is of no use then: read again, from `resume`.
   */
  confirm(before: Carried): number | undefined;
  /** Goes on, in a new reader, exactly where another was. */
  resume(before: Carried): void;
  /** What was learned; exact when nothing is left to be confirmed. */
  carry(): Carried;
}
