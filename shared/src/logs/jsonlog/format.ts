import { lineStart } from '../byte-window.ts';
import type { LogFormat } from '../log-format.ts';
import { readSample, structural } from '../sample-reading.ts';
import { JsonReader } from './json-reader.ts';

/** PostgreSQL `log_destination = jsonlog`, 15 and later (FORMATS.md 3), pgAudit records included. */
export const jsonlog: LogFormat = {
  id: 'jsonlog',
  title: 'PostgreSQL jsonlog',
  product: 'postgresql',
  docs: 'jsonlog',
  continuity: 'session_seq',
  dialect: 'postgresql',
  recognise(sample, text) {
    const reading = readSample(sample, () => {
      const reader = new JsonReader({ text });
      return { reader, own: () => reader.own };
    });
    return structural(reading, 'one object a line with timestamp, pid and error_severity');
  },
  open: (options) => new JsonReader(options),
  // A line is a record, and the other way round.
  boundary: lineStart,
};
