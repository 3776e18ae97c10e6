import { completeEvent } from '@dbwitness/shared/events/complete.ts';
import { LOG_FORMATS } from '@dbwitness/shared/logs/index.ts';
import type { LogFormat, ReadOptions } from '@dbwitness/shared/logs/log-format.ts';
import type { PgParser } from '@dbwitness/shared/sql/facts.ts';
import { createUnderstanding } from '@dbwitness/shared/sql/understanding.ts';
import { EngineError } from '../engine-error.ts';
import { nodeByteText } from '../node-byte-text.ts';
import { loadPgParser } from '../pg-parser.ts';
import type { ReaderParts } from './exhibit-reader.ts';
import type { ReadingSpec } from './reading.ts';

/** The format of a name, or `format/unknown` with the names that there are. */
export function formatNamed(id: string): LogFormat {
  const format = LOG_FORMATS.find((candidate) => candidate.id === id);
  if (format !== undefined) return format;
  throw new EngineError('format/unknown', `There is no log format “${id}”.`, {
    next: `The formats are ${LOG_FORMATS.map((known) => known.id).join(', ')}.`,
  });
}

export function readOptions({ zone, encoding, linePrefix }: ReadingSpec): ReadOptions {
  return {
    text: nodeByteText(),
    ...(zone === undefined ? {} : { zone }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(linePrefix === undefined ? {} : { linePrefix }),
  };
}

let pgParser: Promise<PgParser> | undefined;

/** What reads an exhibit as `spec` says. The PostgreSQL grammar loads once in a thread. */
export async function createReaderParts(spec: ReadingSpec): Promise<ReaderParts> {
  const format = formatNamed(spec.format);
  const { dialect } = format;
  if (dialect === 'postgresql') pgParser ??= loadPgParser();
  const parser = dialect === 'postgresql' ? await pgParser : undefined;
  const understand = createUnderstanding({ dialect, ...(parser === undefined ? {} : { pgParser: parser }) });
  return { format, options: readOptions(spec), understand, complete: completeEvent };
}
