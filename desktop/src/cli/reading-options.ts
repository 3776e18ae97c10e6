import type { ReadingWishes } from '../engine/import/choose-format.ts';
import type { Input, Option } from './command.ts';
import { formatOption, oneOf, zoneOption } from './option-values.ts';

/** How log files are read: the options of `parse` and `import`. */
export const READING_OPTIONS = {
  format: { type: 'string', value: 'ID', help: 'read every file as this format instead of recognising it' },
  timezone: {
    type: 'string',
    value: 'ZONE',
    help: 'zone of stamps that carry none: Europe/Berlin, +02:00, UTC',
  },
  encoding: {
    type: 'string',
    value: 'ENC',
    help: 'latin1 or cp1252: encoding of records that are not UTF-8',
  },
  prefix: { type: 'string', value: 'TEXT', help: 'log_line_prefix of a PostgreSQL stderr log' },
} as const satisfies Readonly<Record<string, Option>>;

export function readingWishes(input: Input): ReadingWishes {
  const [format, zone, linePrefix] = [
    formatOption(input),
    zoneOption(input, 'timezone'),
    input.text('prefix'),
  ];
  const encoding = oneOf(input, 'encoding', ['latin1', 'cp1252']);
  return {
    ...(format === undefined ? {} : { format }),
    ...(zone === undefined ? {} : { zone }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(linePrefix === undefined ? {} : { linePrefix }),
  };
}
