/**
 * The few byte operations that ECMAScript lacks, handed in by the host (Node: Buffer; browser: TextDecoder),
 * so that `shared/` stays free of both.
 */
export interface ByteText {
  /** Bytes `[from, to)` as UTF-8, or undefined when they are not valid UTF-8. */
  utf8(bytes: Uint8Array, from: number, to: number): string | undefined;
  /** Bytes `[from, to)` as ISO-8859-1: one UTF-16 unit a byte, never fails. */
  latin1(bytes: Uint8Array, from: number, to: number): string;
  /** Text as UTF-8 bytes. */
  encode(text: string): Uint8Array;
}
