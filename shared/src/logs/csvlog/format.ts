import type { ByteText } from '../../text/bytes.ts';
import { lineStart } from '../byte-window.ts';
import type { LogFormat, Sample } from '../log-format.ts';
import { readSample, structural } from '../sample-reading.ts';
import { CsvReader } from './csv-reader.ts';

/** PostgreSQL `log_destination = csvlog` (FORMATS.md 2), pgAudit records included. */
export const csvlog: LogFormat = {
  id: 'csvlog',
  title: 'PostgreSQL csvlog',
  product: 'postgresql',
  docs: 'csvlog',
  continuity: 'session_seq',
  dialect: 'postgresql',
  recognise(sample: Sample, text: ByteText) {
    let columns = 0;
    const reading = readSample(sample, () => {
      const reader = new CsvReader({ text });
      return {
        reader,
        own: () => {
          columns = reader.columns || columns;
          return reader.own;
        },
      };
    });
    return structural(
      reading,
      `${columns} columns, a time stamp, a session id and an SQLSTATE in their places`,
      {
        columns: String(columns),
      },
    );
  },
  open: (options) => new CsvReader(options),
  boundary(bytes, from) {
    for (let at = lineStart(bytes, from); at !== -1; at = lineStart(bytes, at + 1))
      if (stampAt(bytes, at)) return at;
    return -1;
  },
};

/** Whether `YYYY-MM-DD HH:MM:SS` may stand at `at`. */
function stampAt(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at + 4] === 45 &&
    bytes[at + 7] === 45 &&
    bytes[at + 10] === 32 &&
    bytes[at + 13] === 58 &&
    bytes[at + 16] === 58
  );
}
