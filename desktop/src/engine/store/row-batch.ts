import type { StatementFacts } from '@dbwitness/shared/events/statement-facts.ts';

/** Rows of a batch: large enough to make a message cheap, small enough to keep memory flat. A multiple of DuckDB's 2048. */
export const BATCH_ROWS = 8192;

/** A distinct statement text with what it tells, at its first appearance in an exhibit. */
export interface StatementRow {
  readonly id: number;
  /** Row of its batch in which it comes first. */
  readonly row?: number;
  readonly text: string;
  readonly dialect: string;
  readonly truncated: boolean;
  readonly facts: StatementFacts;
}

/**
 * UTF-16 units of new texts that end a batch before its rows do: a bound on what is under way, and far below the longest
 * text that V8 can make of them.
 */
export const BATCH_CHARS = 16_000_000;

/** New values of the dictionaries of one batch, three parallel arrays. */
export interface DictionaryRows {
  /** Index into `DICTIONARY_COLUMNS`. */
  readonly column: number[];
  readonly code: number[];
  readonly value: string[];
  /** UTF-16 units of all values. */
  chars: number;
}

/** Normalised records as columns: what crosses from the reading thread to the store. */
export interface RowBatch {
  readonly rows: number;
  /** An exhibit that several threads read has several sets of codes and statement numbers: which one these are of. */
  readonly part: number;
  /** Ordinal of the first row in its exhibit; the others follow. */
  readonly firstOrdinal: number;
  /** One column each of `NUMBER_COLUMNS`, `BATCH_ROWS` long; NaN is absent. */
  readonly numbers: readonly Float64Array<ArrayBuffer>[];
  /** One column each of `DICTIONARY_COLUMNS`, `BATCH_ROWS` long; 0 is absent. */
  readonly codes: readonly Uint32Array<ArrayBuffer>[];
  /** `DictionaryRows` and a list of `StatementRow` as JSON: DuckDB reads it many times faster than the client appends texts. */
  readonly dictionary: string | undefined;
  readonly statements: string | undefined;
}

/** The memory that a batch can hand over to another thread without copying. */
export function transferables(batch: RowBatch): ArrayBuffer[] {
  return [...batch.numbers, ...batch.codes].map((column) => column.buffer);
}
