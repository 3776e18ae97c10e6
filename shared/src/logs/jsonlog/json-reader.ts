import type { Carrier } from '../carried.ts';
import { LineReader } from '../line-reader.ts';
import type { ReadOptions } from '../log-format.ts';
import { CsvEvents } from '../postgresql/csv-event.ts';
import { JsonEvents } from '../postgresql/json-event.ts';
import { PostgresCarrier } from '../postgresql/postgres-carrier.ts';
import { PostgresFile } from '../postgresql/postgres-file.ts';

/** Reads jsonlog: one object a line; csvlog lines too, as the destinations of one server are sometimes put together. */
export class JsonReader extends LineReader {
  readonly #events: JsonEvents;
  readonly #csvEvents: CsvEvents;
  readonly carrier: Carrier;

  constructor(options: ReadOptions) {
    const file = new PostgresFile(options);
    super(options, file.observations);
    this.#events = new JsonEvents(file);
    this.#csvEvents = new CsvEvents(file);
    this.carrier = new PostgresCarrier(this.cutter, file);
  }

  protected event(to: number, whole: boolean) {
    const { window } = this.cutter;
    const byte = window.offset(window.from);
    const event = this.#events.eventOfLine(window.bytes, window.from, to, window.line, byte);
    if (typeof event === 'string')
      return this.#csvEvents.eventOfLine(window.bytes, window.from, to, window.line, byte) ?? event;
    this.own++;
    if (!whole) event.extra = { ...event.extra, unterminated: true };
    return event;
  }
}
