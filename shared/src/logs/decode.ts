import type { ByteText } from '../text/bytes.ts';

/** cp1252 where it differs from ISO-8859-1; the five unassigned bytes stay C1 controls. */
const CP1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/**
 * Decodes records one by one: PostgreSQL and MariaDB write each session's bytes in that session's encoding, so one
 * file mixes them (FORMATS.md 1, 13). UTF-8 where the bytes are valid, else the declared encoding, else cp1252.
 */
export class RecordDecoder {
  /** Encoding of the last record where it was not UTF-8. */
  encoding: 'latin1' | 'cp1252' | undefined;
  readonly #text: ByteText;
  readonly #fallback: 'latin1' | 'cp1252';

  constructor(text: ByteText, fallback: 'latin1' | 'cp1252' = 'cp1252') {
    this.#text = text;
    this.#fallback = fallback;
  }

  /** Bytes known to be below 0x80: one copy, one character a byte. */
  ascii(bytes: Uint8Array, from: number, to: number): string {
    this.encoding = undefined;
    return this.#text.latin1(bytes, from, to);
  }

  decode(bytes: Uint8Array, from: number, to: number): string {
    const utf8 = this.#text.utf8(bytes, from, to);
    if (utf8 !== undefined) {
      this.encoding = undefined;
      return utf8;
    }
    this.encoding = this.#fallback;
    const text = this.#text.latin1(bytes, from, to);
    if (this.#fallback === 'latin1') return text;
    return text.replace(/[\u0080-\u009f]/g, (c) => CP1252.charAt(c.charCodeAt(0) - 0x80));
  }
}
