import { RecordDecoder } from '../decode.ts';
import type { ReadOptions } from '../log-format.ts';
import { Observations } from '../observations.ts';
import { LogClock, wallClock } from '../time/log-clock.ts';
import { PostgresEvents } from './postgres-event.ts';

/** What is known of one file while it is read, whichever dialects its records are in. */
export class PostgresFile {
  readonly observations = new Observations();
  readonly decoder: RecordDecoder;
  readonly clock: LogClock;
  readonly events: PostgresEvents;

  constructor(options: ReadOptions) {
    this.decoder = new RecordDecoder(options.text, options.encoding);
    this.clock = new LogClock(options.zone, this.observations);
    this.events = new PostgresEvents(this.observations);
  }

  /**
   * Reads a stamp; where its abbreviation is ambiguous, asks the record itself: the session id starts with the
   * session's start in UTC (hex seconds), and the same moment stands beside it in local time.
   */
  readStamp(s: string, from: number, to: number, sessionId: string, sessionStart: string): boolean {
    const { clock } = this;
    if (!clock.readIso(s, from, to)) return false;
    const zone = clock.openZone;
    if (zone === undefined || !sessionStart.endsWith(` ${zone}`)) return true;
    const dot = sessionId.indexOf('.');
    const epoch = Number.parseInt(sessionId.slice(0, dot === -1 ? 0 : dot), 16);
    const local = wallClock(sessionStart);
    if (Number.isNaN(epoch) || local === undefined) return true;
    clock.learn(zone, local - epoch * 1000);
    return clock.readIso(s, from, to);
  }
}
