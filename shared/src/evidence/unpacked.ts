/** What unpacking a compressed file came to. */
export interface Unpacked {
  /** Bytes of the file, from its begin, that were unpacked; of a cut file all of them. */
  readonly used: number;
  /** Bytes that came out. */
  readonly given: number;
  /** `whole`: nothing is missing and nothing more; `cut`: the file breaks off; `followed`: bytes of another kind come after. */
  readonly end: 'whole' | 'cut' | 'followed';
}

/** Yields what comes out, and returns what it came to. Throws an Error that names the byte where the file is damaged. */
export type Unpacking = AsyncGenerator<Uint8Array, Unpacked>;
