import type { AuditEvent } from '../../events/audit-event.ts';
import { RecordDecoder } from '../decode.ts';
import type { LogReader, Piece, ReadOptions } from '../log-format.ts';
import { newEvent } from '../new-event.ts';
import { Observations } from '../observations.ts';
import { PieceCutter } from '../piece-cutter.ts';
import { LogClock } from '../time/log-clock.ts';
import { ServerAuditEvents } from './server-audit-event.ts';
import { serverAuditLine } from './server-audit-line.ts';

/** Reads server_audit files: one record a line, always, because the plugin escapes line feeds. */
export class ServerAuditReader implements LogReader {
  readonly #cutter: PieceCutter;
  readonly #observations = new Observations();
  readonly #decoder: RecordDecoder;
  readonly #clock: LogClock;
  readonly #events = new ServerAuditEvents(this.#observations);
  #searched = 0;
  /** Records read, for recognition. */
  own = 0;

  constructor(options: ReadOptions) {
    this.#cutter = new PieceCutter(options.maxRecordBytes);
    this.#decoder = new RecordDecoder(options.text, options.encoding);
    this.#clock = new LogClock(options.zone, this.#observations);
  }

  push(bytes: Uint8Array): readonly Piece[] {
    this.#cutter.window.append(bytes);
    return this.#cut(false);
  }

  end(): readonly Piece[] {
    return this.#cut(true);
  }

  problems() {
    return this.#observations.problems();
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
    const event = this.#event(to, end === -1 ? 'unterminated' : 'whole');
    if (event !== undefined) {
      this.own++;
      return cutter.record(to, end === -1 ? 0 : 1, event);
    }
    return cutter.leave('rejected', end === -1 ? 'server-audit/truncated' : 'server-audit/no-anchor', to);
  }

  #event(to: number, state: 'whole' | 'unterminated'): AuditEvent | undefined {
    const { window } = this.#cutter;
    const clock = this.#clock;
    let end = state === 'whole' ? to - 1 : to;
    if (end > window.from && window.bytes[end - 1] === 13) end--;
    const s = this.#decoder.decode(window.bytes, window.from, end);
    if (s.charCodeAt(17) !== 44 || !clock.readCompact(s, 0)) return undefined;
    const parts = serverAuditLine(s, 18, s.length);
    if (parts === undefined) return undefined;
    const line = window.line;
    const byte = window.offset(window.from);
    const extra: Record<string, string | number | boolean> = {};
    const stamp = s.slice(0, 17);
    const event = newEvent('mariadb');
    event.time_raw = stamp;
    event.time_basis = clock.basis;
    if (clock.time !== undefined) event.time = clock.time;
    clock.noteDoubt(stamp, line, byte);
    clock.markDoubt(extra);
    const { encoding } = this.#decoder;
    if (encoding !== undefined) {
      extra.encoding = encoding;
      this.#observations.note('log/encoding', line, byte, encoding, { encoding });
    }
    if (state === 'unterminated') extra.unterminated = true;
    this.#events.complete(event, extra, parts, line, byte);
    event.extra = extra;
    return event;
  }
}
