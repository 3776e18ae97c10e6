import type { AuditEvent } from '../../events/audit-event.ts';
import { RecordDecoder } from '../decode.ts';
import { LineReader } from '../line-reader.ts';
import type { ReadOptions } from '../log-format.ts';
import { newEvent } from '../new-event.ts';
import { Observations } from '../observations.ts';
import { LogClock } from '../time/log-clock.ts';
import { ServerAuditEvents } from './server-audit-event.ts';
import { serverAuditLine } from './server-audit-line.ts';

/** Reads server_audit files: one record a line, always, because the plugin escapes line feeds. */
export class ServerAuditReader extends LineReader {
  readonly #observations: Observations;
  readonly #decoder: RecordDecoder;
  readonly #clock: LogClock;
  readonly #events: ServerAuditEvents;

  constructor(options: ReadOptions) {
    const observations = new Observations();
    super(options, observations);
    this.#observations = observations;
    this.#events = new ServerAuditEvents(observations);
    this.#decoder = new RecordDecoder(options.text, options.encoding);
    this.#clock = new LogClock(options.zone, observations);
  }

  protected event(to: number, whole: boolean) {
    const event = this.#event(to, whole);
    if (event === undefined) return whole ? 'server-audit/no-anchor' : 'server-audit/truncated';
    this.own++;
    return event;
  }

  #event(to: number, whole: boolean): AuditEvent | undefined {
    const { window } = this.cutter;
    const clock = this.#clock;
    let end = whole ? to - 1 : to;
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
    if (!whole) extra.unterminated = true;
    this.#events.complete(event, extra, parts, line, byte);
    event.extra = extra;
    return event;
  }
}
