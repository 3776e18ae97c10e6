import type { ByteText } from '../text/bytes.ts';
import type { Problem } from '../text/problem.ts';
import type { Carrier } from './carried.ts';
import type { Piece } from './piece.ts';

/** The first 64 KiB of a file and a window from its middle: files change dialect. */
export interface Sample {
  readonly name: string;
  readonly head: Uint8Array;
  readonly middle?: Uint8Array;
}

/** How sure a format is that a file is its own (FORMATS.md: certain, strong, weak), and why, for people. */
export interface Recognition {
  readonly confidence: 'certain' | 'strong' | 'weak' | 'no';
  /** 0 to 100; orders candidates. Near-ties are asked. */
  readonly score: number;
  readonly because: string;
  /** What was found out on the way and saves asking: a `log_line_prefix`, a column count. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface ReadOptions {
  readonly text: ByteText;
  /** IANA zone or ±HH:MM for stamps that carry none, or an ambiguous abbreviation: the examiner's statement. */
  readonly zone?: string;
  /** PostgreSQL `log_line_prefix`, where given or recognised. */
  readonly linePrefix?: string;
  /** Declared encoding of the databases, for records that are not UTF-8; without it cp1252. */
  readonly encoding?: 'latin1' | 'cp1252';
  /** Longest record in bytes; what is longer becomes a rejected range. Default 16 MiB. */
  readonly maxRecordBytes?: number;
}

/**
 * A streaming reader. The pieces of all calls together tile the bytes that were pushed: no hole, no overlap, in order.
 * Never throws on input; memory stays bounded by `maxRecordBytes`.
 */
export interface LogReader {
  /** Takes the next bytes; returns the pieces completed by them. The array `bytes` may be reused by the caller after the call. */
  push(bytes: Uint8Array): readonly Piece[];
  /** End of file: returns what is left. */
  end(): readonly Piece[];
  /** Reads from the middle of a file; absent where a record may depend on too much before it. */
  readonly carrier?: Carrier;
  /** Observations on the whole file so far: ambiguous zones, mixed encodings, changed settings. */
  problems(): readonly Problem[];
}

/** One log format. Adding one = one folder, one line in `index.ts`, fixtures. */
export interface LogFormat {
  readonly id: string;
  readonly title: string;
  readonly product: string;
  /** Anchor in the generated format reference. */
  readonly docs: string;
  /**
   * What would show a missing record: a number that counts the records of a session, or one that counts all statements of
   * the server, recorded or not (`statement_seq` of server_audit). Absent where the format counts nothing.
   */
  readonly continuity?: 'session_seq' | 'query id';
  /** The statements' dialect. */
  readonly dialect: 'postgresql' | 'mysql';
  recognise(sample: Sample, text: ByteText): Recognition;
  open(options: ReadOptions): LogReader;
  /**
   * Position in `bytes`, at or behind `from`, of a line that looks like a record's begin, or -1. Only a guess, for large files
   * to be read in pieces side by side: reading the piece before it tells whether it is one. Absent where readers have no carrier.
   */
  boundary?(bytes: Uint8Array, from: number): number;
}
