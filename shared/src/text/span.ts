/** A half-open range `[from, to)`: bytes of an exhibit, or UTF-16 code units of a text, as the place that uses it says. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where something stands, as far as it is known. `file` is the name as it was given, for people. */
export interface Place {
  readonly file?: string;
  /** 1-based line number. */
  readonly line?: number;
  /** 0-based byte offset in the file. */
  readonly byte?: number;
  /** Offsets in UTF-16 code units of the text that was parsed. */
  readonly span?: Span;
}
