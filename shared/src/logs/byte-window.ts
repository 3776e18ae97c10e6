/**
 * The bytes of a stream that are not yet cut into records: a growing array whose front is given up as pieces are cut.
 * Appending one byte at a time costs no more than appending all at once, and memory follows the longest open record.
 */
export class ByteWindow {
  /** Backing array; valid in `[from, to)`. Replaced when it grows: read it anew after `append`. */
  bytes = new Uint8Array(1 << 16);
  from = 0;
  to = 0;
  /** 1-based line of the byte at `from`. */
  line = 1;
  /** Offset of `bytes[0]` in the stream. */
  #base = 0;

  append(chunk: Uint8Array): void {
    if (this.to + chunk.length > this.bytes.length) this.#makeRoom(chunk.length);
    this.bytes.set(chunk, this.to);
    this.to += chunk.length;
  }

  /** Empties it: the next byte that is appended stands at `offset` in the stream, on line `line`. */
  restart(offset: number, line: number): void {
    this.from = 0;
    this.to = 0;
    this.line = line;
    this.#base = offset;
  }

  /** Bytes that are waiting. */
  get length(): number {
    return this.to - this.from;
  }

  /** Offset in the stream of a position in `bytes`. */
  offset(position: number): number {
    return this.#base + position;
  }

  /** Gives up everything before `position`, which stands `lines` lines further down. */
  consume(position: number, lines: number): void {
    this.from = position;
    this.line += lines;
  }

  #makeRoom(more: number): void {
    const waiting = this.to - this.from;
    let target = this.bytes;
    // Moving what waits to the front is only worth it while it is the smaller part; else the array doubles.
    if (waiting + more > this.bytes.length || waiting * 2 > this.bytes.length) {
      target = new Uint8Array(Math.max(this.bytes.length * 2, (waiting + more) * 2));
    }
    target.set(this.bytes.subarray(this.from, this.to));
    this.bytes = target;
    this.#base += this.from;
    this.from = 0;
    this.to = waiting;
  }
}

/** Number of line feeds in `[from, to)`. */
export function countLines(bytes: Uint8Array, from: number, to: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(10, from); at !== -1 && at < to; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}

/** Position at or behind `from`, and behind 0, at which a line begins that has bytes, or -1. */
export function lineStart(bytes: Uint8Array, from: number): number {
  const at = bytes.indexOf(10, Math.max(0, from - 1));
  return at === -1 || at + 1 >= bytes.length ? -1 : at + 1;
}
