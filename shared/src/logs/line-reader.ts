import type { AuditEvent } from '../events/audit-event.ts';
import type { Piece } from './piece.ts';
import type { LogProblemCode } from './problem-table.ts';
import { RecordReader } from './record-reader.ts';

/** Reads formats that escape line feeds, so that a line end is always a record's end. */
export abstract class LineReader extends RecordReader {
  /** Bytes of the line at the front that hold no line feed. */
  #searched = 0;

  protected next(final: boolean): Piece | 'wait' {
    const { cutter } = this;
    const common = cutter.common(final);
    if (common !== undefined) return common;
    const { window } = cutter;
    const end = cutter.lineEnd(window.from + this.#searched);
    const whole = end !== -1;
    const to = whole ? end : window.to;
    this.#searched = 0;
    if (to - window.from > cutter.max) return cutter.skipLine(final);
    if (!whole && !final) {
      this.#searched = window.length;
      return 'wait';
    }
    const event = this.event(to, whole);
    return typeof event === 'string'
      ? cutter.leave('rejected', event, to)
      : cutter.record(to, whole ? 1 : 0, event);
  }

  /** The event of the line from the window's front to `to`, or why it is none; not `whole` where the file ends in it. */
  protected abstract event(to: number, whole: boolean): AuditEvent | LogProblemCode;
}
