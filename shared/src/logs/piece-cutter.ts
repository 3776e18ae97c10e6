import type { AuditEvent } from '../events/audit-event.ts';
import { problem } from '../text/problem.ts';
import { ByteWindow, countLines } from './byte-window.ts';
import type { LogRecord, NonRecord, Piece } from './piece.ts';
import { LOG_PROBLEMS, type LogProblemCode } from './problem-table.ts';

const LF = 10;
const CR = 13;

/** Longest record where the caller states no limit. */
export const DEFAULT_MAX_RECORD_BYTES = 16 * 1024 * 1024;

/** Where cutting stands. */
export interface CutState {
  /** Offset of the first byte that belongs to no piece yet, and its line. */
  readonly offset: number;
  readonly line: number;
  /** Bytes from there on that a piece could not be cut off from yet. */
  readonly open: Uint8Array;
  readonly started: boolean;
  readonly skipped: SkippedLine | undefined;
  readonly recoveredTo: number;
}

/** Start of a line that is too long to hold; its bytes are let go until it ends. */
interface SkippedLine {
  readonly from: number;
  readonly line: number;
}

/**
 * The part of cutting that all line-based formats share: pieces that tile the stream, blank lines, the byte order
 * mark, and lines that are longer than may be held. Decisions never depend on how the stream was chunked.
 */
export class PieceCutter {
  readonly window = new ByteWindow();
  readonly max: number;
  /** Offset up to which records stand inside a candidate that failed. */
  recoveredTo = 0;
  #started = false;
  #skipped: SkippedLine | undefined;

  constructor(maxRecordBytes: number | undefined) {
    this.max = maxRecordBytes ?? DEFAULT_MAX_RECORD_BYTES;
  }

  /** Begins in the middle of a file, on a line that counts as the first until `addLines` says how many stand before it. */
  begin(offset: number): void {
    this.window.restart(offset, 1);
    this.#started = true;
  }

  addLines(before: number): void {
    this.window.line += before;
    if (this.#skipped !== undefined) this.#skipped = { ...this.#skipped, line: this.#skipped.line + before };
  }

  state(): CutState {
    const { window } = this;
    return {
      offset: window.offset(window.from),
      line: window.line,
      open: window.bytes.slice(window.from, window.to),
      started: this.#started,
      skipped: this.#skipped,
      recoveredTo: this.recoveredTo,
    };
  }

  /** Goes on where another cutter was. */
  resume(state: CutState): void {
    this.window.restart(state.offset, state.line);
    this.window.append(state.open);
    this.#started = state.started;
    this.#skipped = state.skipped;
    this.recoveredTo = state.recoveredTo;
  }

  /** A piece that needs no format to be told, `wait` where more bytes are needed, or undefined: the format's turn. */
  common(final: boolean): Piece | 'wait' | undefined {
    const { window } = this;
    if (!this.#started) {
      if (window.length < 3 && !final) return 'wait';
      this.#started = true;
      const { bytes, from } = window;
      if (
        window.length >= 3 &&
        bytes[from] === 0xef &&
        bytes[from + 1] === 0xbb &&
        bytes[from + 2] === 0xbf
      ) {
        return this.leave('ignored', 'log/byte-order-mark', from + 3);
      }
    }
    if (this.#skipped !== undefined) return this.#skip(final) ?? 'wait';
    if (window.length === 0) return 'wait';
    const first = window.bytes[window.from];
    if (first === LF) return this.leave('ignored', 'log/blank-line', window.from + 1);
    if (first === CR) {
      if (window.length === 1 && !final) return 'wait';
      if (window.length === 1) return this.leave('ignored', 'log/blank-line', window.from + 1);
      if (window.bytes[window.from + 1] === LF)
        return this.leave('ignored', 'log/blank-line', window.from + 2);
    }
    return undefined;
  }

  /** Position behind the end of the line at `from`, or -1 where its end is not there yet. */
  lineEnd(from: number): number {
    const at = this.window.bytes.indexOf(LF, from);
    return at === -1 || at >= this.window.to ? -1 : at + 1;
  }

  /** Everything up to `to` as one record. */
  record(to: number, lines: number, event: AuditEvent): LogRecord {
    const { window } = this;
    const piece: LogRecord = {
      kind: 'record',
      from: window.offset(window.from),
      to: window.offset(to),
      line: window.line,
      event,
    };
    window.consume(to, lines);
    return piece;
  }

  /** Everything up to `to` as bytes without event. */
  leave(
    kind: 'ignored' | 'rejected',
    code: LogProblemCode,
    to: number,
    data: Readonly<Record<string, string | number>> = {},
  ): NonRecord {
    const { window } = this;
    const piece = this.#nonRecord(
      kind,
      code,
      window.offset(window.from),
      window.offset(to),
      window.line,
      data,
    );
    window.consume(to, countLines(window.bytes, window.from, to));
    return piece;
  }

  /** Lets the line at the front go by unread, however long it is. */
  skipLine(final: boolean): Piece | 'wait' {
    this.#skipped = { from: this.window.offset(this.window.from), line: this.window.line };
    return this.#skip(final) ?? 'wait';
  }

  #skip(final: boolean): Piece | undefined {
    const skipped = this.#skipped;
    if (skipped === undefined) return undefined;
    const { window } = this;
    const end = this.lineEnd(window.from);
    window.consume(end === -1 ? window.to : end, end === -1 ? 0 : 1);
    if (end === -1 && !final) return undefined;
    this.#skipped = undefined;
    return this.#nonRecord(
      'rejected',
      'log/too-long',
      skipped.from,
      window.offset(window.from),
      skipped.line,
      { limit: this.max },
    );
  }

  #nonRecord(
    kind: 'ignored' | 'rejected',
    code: LogProblemCode,
    from: number,
    to: number,
    line: number,
    data: Readonly<Record<string, string | number>>,
  ): NonRecord {
    return { kind, from, to, line, code, message: problem(LOG_PROBLEMS, code, data).message };
  }
}
