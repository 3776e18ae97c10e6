import type { Carrier } from '../carried.ts';
import type { ReadOptions } from '../log-format.ts';
import type { Piece } from '../piece.ts';
import { CsvEvents } from '../postgresql/csv-event.ts';
import { CsvScan } from '../postgresql/csv-scan.ts';
import { JsonEvents } from '../postgresql/json-event.ts';
import { PostgresCarrier } from '../postgresql/postgres-carrier.ts';
import { PostgresFile } from '../postgresql/postgres-file.ts';
import type { LogProblemCode } from '../problem-table.ts';
import { RecordReader } from '../record-reader.ts';

/**
 * Reads csvlog. Records are cut by quote parity from the start of the file, so that a line inside a message can never
 * become a record of its own. Only where a candidate turns out to be none does the next line get its chance, and what
 * is read inside a failed candidate is marked `extra.recovered`: it may be text that somebody wrote.
 */
export class CsvReader extends RecordReader {
  readonly #file: PostgresFile;
  readonly #events: CsvEvents;
  readonly #jsonEvents: JsonEvents;
  readonly #scan = new CsvScan();
  readonly carrier: Carrier;
  /** Columns of the last record. */
  columns = 0;

  constructor(options: ReadOptions) {
    const file = new PostgresFile(options);
    super(options, file.observations);
    this.#file = file;
    this.#events = new CsvEvents(file);
    this.#jsonEvents = new JsonEvents(file);
    this.carrier = new PostgresCarrier(this.cutter, file);
  }

  protected next(final: boolean): Piece | 'wait' {
    const cutter = this.cutter;
    const common = cutter.common(final);
    if (common !== undefined) return common;
    const { window } = cutter;
    if (window.bytes[window.from] === BRACE) return this.#jsonLine(final);
    const scan = this.#scan;
    const length = scan.advance(window.bytes, window.from, window.to);
    if (length > cutter.max || (length === -1 && window.length > cutter.max)) {
      if (scan.firstLineEnd !== -1 && scan.firstLineEnd <= cutter.max) {
        return this.#fail('csvlog/unterminated', cutter.max + 1);
      }
      scan.reset();
      return cutter.skipLine(final);
    }
    if (length !== -1) return this.#record(length, scan.lines);
    if (!final) return 'wait';
    if (scan.quoted) return this.#fail('csvlog/unterminated', window.length);
    scan.finish(window.length);
    return this.#record(window.length, scan.lines);
  }

  #record(length: number, lines: number): Piece {
    const scan = this.#scan;
    const { window } = this.cutter;
    const { decoder } = this.#file;
    const to = window.from + length;
    const byte = window.offset(window.from);
    const ascii = scan.bits < 0x80;
    const s = ascii
      ? decoder.ascii(window.bytes, window.from, to)
      : decoder.decode(window.bytes, window.from, to);
    const columns = scan.columns;
    if (!ascii && decoder.encoding === undefined) scan.rescan(s);
    const event = this.#events.event(s, scan, window.line, byte);
    if (event === undefined) {
      const dated = STAMP.test(s.slice(0, 40));
      return this.#fail(dated && columns > 1 ? 'csvlog/column-count' : 'csvlog/not-a-record', length);
    }
    const extra = event.extra ?? {};
    if (byte < this.cutter.recoveredTo) extra.recovered = true;
    if (s.charCodeAt(s.length - 1) !== LF) extra.unterminated = true;
    this.own++;
    this.columns = columns;
    scan.reset();
    return this.cutter.record(to, lines, event);
  }

  /** Rejects the first line of a candidate; the lines behind it are tried on their own. */
  #fail(code: LogProblemCode, length: number): Piece {
    const { window } = this.cutter;
    const scan = this.#scan;
    const lineLength = scan.firstLineEnd === -1 ? length : scan.firstLineEnd;
    if (lineLength < length)
      this.cutter.recoveredTo = Math.max(this.cutter.recoveredTo, window.offset(window.from) + length);
    const data = { columns: scan.columns };
    scan.reset();
    return this.cutter.leave('rejected', code, window.from + lineLength, data);
  }

  /** A JSON line in a csvlog: exports are concatenated, and the server's own files mix when settings change. */
  #jsonLine(final: boolean): Piece | 'wait' {
    const cutter = this.cutter;
    const { window } = cutter;
    const end = cutter.lineEnd(window.from);
    const length = (end === -1 ? window.to : end) - window.from;
    if (length > cutter.max) return cutter.skipLine(final);
    if (end === -1 && !final) return 'wait';
    const to = window.from + length;
    const event = this.#jsonEvents.eventOfLine(
      window.bytes,
      window.from,
      to,
      window.line,
      window.offset(window.from),
    );
    if (typeof event === 'string') return cutter.leave('rejected', 'csvlog/not-a-record', to);
    if (window.offset(window.from) < cutter.recoveredTo) event.extra = { ...event.extra, recovered: true };
    return cutter.record(to, end === -1 ? 0 : 1, event);
  }
}

const BRACE = 123;
const LF = 10;
const STAMP = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/;
