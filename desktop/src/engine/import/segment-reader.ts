import type { RowBatch } from '../store/row-batch.ts';
import { ExhibitReader, type ExhibitState, type ReadAccount, type ReaderParts } from './exhibit-reader.ts';

/** Bytes of a segment that are read before it is confirmed; they are kept until then, to be read again if need be. */
export const KEEP_BYTES = 16 << 20;

/** How the reading of one segment went. */
export interface SegmentEnd {
  readonly batches: readonly RowBatch[];
  readonly account: ReadAccount;
  /** For the segment behind; the last one has none. */
  readonly state: ExhibitState | undefined;
  /** Whether it had to be read twice. */
  readonly again: boolean;
}

/**
 * One thread's share of an exhibit: segments, each begun on a presumption of what the bytes before it will have told. Nothing
 * is given out before that is confirmed; where the presumption was wrong, the segment is read again on what is true. So what
 * comes out is what one reader of the whole exhibit gives.
 */
export class SegmentReader {
  readonly #parts: ReaderParts;
  #part: number;
  #exhibit: ExhibitReader;
  #sure = true;
  #again = false;
  #kept: Uint8Array[] = [];
  #keptBytes = 0;
  #held: RowBatch[] = [];

  /** `part`: the first of the parts, all `PARTS_APART` numbers on, whose codes are this thread's. */
  constructor(parts: ReaderParts, part: number) {
    this.#parts = parts;
    this.#part = part;
    this.#exhibit = new ExhibitReader(parts, part);
  }

  /** Whether the segment before must have ended before this one may. */
  get unsure(): boolean {
    return !this.#sure;
  }

  /** Whether it must have ended before more bytes are read. */
  get full(): boolean {
    return !this.#sure && this.#keptBytes >= KEEP_BYTES;
  }

  /** The next segment. The first one of an exhibit needs no beginning. */
  begin(offset: number, presumed: ExhibitState): void {
    this.#exhibit.begin(offset, presumed);
    this.#sure = false;
    this.#again = false;
  }

  push(bytes: Uint8Array): readonly RowBatch[] {
    const batches = this.#exhibit.push(bytes);
    if (this.#sure) return batches;
    this.#kept.push(bytes);
    this.#keptBytes += bytes.length;
    this.#held.push(...batches);
    return [];
  }

  /** Tells how the segment before ended; returns the batches that waited for it. */
  confirm(before: ExhibitState): readonly RowBatch[] {
    const batches = this.#exhibit.confirm(before, this.#held) ?? this.#readAgain(before);
    this.#sure = true;
    this.#kept = [];
    this.#keptBytes = 0;
    this.#held = [];
    return batches;
  }

  #readAgain(before: ExhibitState): readonly RowBatch[] {
    this.#again = true;
    // What was given out codes for values that may not be in the exhibit is given up with its codes.
    this.#part += PARTS_APART;
    this.#exhibit = new ExhibitReader(this.#parts, this.#part);
    this.#exhibit.resume(before);
    return this.#kept.flatMap((bytes) => this.#exhibit.push(bytes));
  }

  /** The end of the segment; `last`: of the exhibit too. */
  end(last: boolean): SegmentEnd {
    const end = last ? { ...this.#exhibit.end(), state: undefined } : this.#exhibit.rest();
    return { ...end, again: this.#again };
  }
}

/** More than there are threads: their parts never meet. */
export const PARTS_APART = 64;
