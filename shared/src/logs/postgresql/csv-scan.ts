import { undoubled } from '../undoubled.ts';
import { MOST_COLUMNS } from './csv-columns.ts';

const COMMA = 44;
const QUOTE = 34;
const LF = 10;

/**
 * Finds the end of a CSV record and of its columns on bytes, in one pass that can stop and go on when more bytes come.
 * Quote parity alone decides (RFC 4180 §2): a doubled quote closes and opens again. Positions count from the record's start.
 */
export class CsvScan {
  /** End of each column: the position of the comma behind it, of the line feed for the last. */
  readonly ends = new Int32Array(MOST_COLUMNS);
  columns = 0;
  /** Line feeds inside the record, its own included. */
  lines = 0;
  /** Position behind the first line feed, or -1. */
  firstLineEnd = -1;
  /** All bytes or-ed: below 0x80 means that characters and bytes count the same. */
  bits = 0;
  #at = 0;
  #quoted = false;

  reset(): void {
    this.columns = 0;
    this.lines = 0;
    this.firstLineEnd = -1;
    this.bits = 0;
    this.#at = 0;
    this.#quoted = false;
  }

  get quoted(): boolean {
    return this.#quoted;
  }

  /** Length of the record with its line feed, or -1 where it does not end in `[start, to)`. */
  advance(bytes: Uint8Array, start: number, to: number): number {
    const { ends } = this;
    let at = start + this.#at;
    let quoted = this.#quoted;
    let bits = this.bits;
    let columns = this.columns;
    let length = -1;
    while (at < to) {
      if (quoted) {
        // Inside quotes only two bytes matter, and most are above both.
        let byte = bytes[at] as number;
        while (byte > QUOTE && ++at < to) {
          bits |= byte;
          byte = bytes[at] as number;
        }
        if (at >= to) {
          bits |= byte;
          break;
        }
        if (byte === QUOTE) quoted = false;
        else if (byte === LF) this.#lineFeed(at + 1 - start);
        at++;
        continue;
      }
      const byte = bytes[at] as number;
      at++;
      bits |= byte;
      if (byte > COMMA) continue;
      if (byte === COMMA) {
        if (columns < MOST_COLUMNS) ends[columns] = at - 1 - start;
        columns++;
      } else if (byte === QUOTE) quoted = true;
      else if (byte === LF) {
        this.#lineFeed(at - start);
        length = at - start;
        break;
      }
    }
    this.bits = bits;
    this.columns = columns;
    this.#quoted = quoted;
    this.#at = at - start;
    if (length !== -1) this.#close(length - 1);
    return length;
  }

  /** Takes the end of the file as the record's end. */
  finish(length: number): void {
    this.#close(length);
  }

  /** The same for text whose characters and bytes count differently: positions become those of `s`. */
  rescan(s: string): void {
    let quoted = false;
    let columns = 0;
    for (let at = 0; at < s.length && columns < MOST_COLUMNS - 1; at++) {
      const c = s.charCodeAt(at);
      if (c === QUOTE) quoted = !quoted;
      else if (c === COMMA && !quoted) this.ends[columns++] = at;
    }
    this.ends[columns] = s.endsWith('\n') ? s.length - 1 : s.length;
  }

  #lineFeed(end: number): void {
    this.lines++;
    if (this.firstLineEnd === -1) this.firstLineEnd = end;
  }

  #close(end: number): void {
    if (this.columns < MOST_COLUMNS) this.ends[this.columns] = end;
    this.columns++;
  }
}

/** The value of the column in `[from, to)` of `s`: quotes taken off and undoubled. */
export function csvValue(s: string, from: number, to: number): string {
  if (s.charCodeAt(from) !== QUOTE || to - from < 2) return s.slice(from, to);
  if (to - from === 2) return '';
  return undoubled(s, from + 1, to - 1);
}
