import type { ByteText } from '../../text/bytes.ts';
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
};
