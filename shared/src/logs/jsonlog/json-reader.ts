import type { LogReader, Piece, ReadOptions } from '../log-format.ts';
import { PieceCutter } from '../piece-cutter.ts';
import { CsvEvents } from '../postgresql/csv-event.ts';
import { CsvScan } from '../postgresql/csv-scan.ts';
import { JsonEvents } from '../postgresql/json-event.ts';
import { PostgresFile } from '../postgresql/postgres-file.ts';

/** Reads jsonlog: one object a line; the server escapes line feeds, so a line end is always a record's end. */
export class JsonReader implements LogReader {
  readonly #cutter: PieceCutter;
  readonly #file: PostgresFile;
  readonly #events: JsonEvents;
  readonly #csvEvents: CsvEvents;
  readonly #csvScan = new CsvScan();
  /** Records in jsonlog's own form, for recognition. */
  own = 0;
  /** Bytes of the line at the front that hold no line feed. */
  #searched = 0;

  constructor(options: ReadOptions) {
    this.#cutter = new PieceCutter(options.maxRecordBytes);
    this.#file = new PostgresFile(options);
    this.#events = new JsonEvents(this.#file);
    this.#csvEvents = new CsvEvents(this.#file);
  }

  push(bytes: Uint8Array): readonly Piece[] {
    this.#cutter.window.append(bytes);
    return this.#cut(false);
  }

  end(): readonly Piece[] {
    return this.#cut(true);
  }

  problems() {
    return this.#file.observations.problems();
  }

  #cut(final: boolean): readonly Piece[] {
    const pieces: Piece[] = [];
    for (;;) {
      const piece = this.#next(final);
      if (piece === 'wait') return pieces;
      pieces.push(piece);
    }
  }

  #next(final: boolean): Piece | 'wait' {
    const cutter = this.#cutter;
    const common = cutter.common(final);
    if (common !== undefined) return common;
    const { window } = cutter;
    const end = cutter.lineEnd(window.from + this.#searched);
    const to = end === -1 ? window.to : end;
    this.#searched = end === -1 ? window.length : 0;
    if (to - window.from > cutter.max) {
      this.#searched = 0;
      return cutter.skipLine(final);
    }
    if (end === -1 && !final) return 'wait';
    this.#searched = 0;
    const byte = window.offset(window.from);
    const event = this.#events.eventOfLine(window.bytes, window.from, to, window.line, byte);
    if (typeof event !== 'string') {
      this.own++;
      if (end === -1) event.extra = { ...event.extra, unterminated: true };
      return cutter.record(to, end === -1 ? 0 : 1, event);
    }
    const csv = this.#csvLine(to, byte);
    if (csv !== undefined) return cutter.record(to, end === -1 ? 0 : 1, csv);
    return cutter.leave('rejected', event, to);
  }

  /** A csvlog record of one line: the destinations of one server are sometimes put together. */
  #csvLine(to: number, byte: number) {
    const { window } = this.#cutter;
    const digit = window.bytes[window.from] ?? 0;
    if (digit < 48 || digit > 57) return undefined;
    const scan = this.#csvScan;
    scan.reset();
    if (scan.advance(window.bytes, window.from, to) === -1) return undefined;
    const s = this.#file.decoder.decode(window.bytes, window.from, to);
    scan.rescan(s);
    return this.#csvEvents.event(s, scan, window.line, byte);
  }
}
