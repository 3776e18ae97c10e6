import { LOG_FORMATS } from '@dbwitness/shared/logs/index.ts';
import type { Sample } from '@dbwitness/shared/logs/log-format.ts';
import type { NonRecord } from '@dbwitness/shared/logs/piece.ts';
import { EngineError } from '../engine-error.ts';
import { nodeByteText } from '../node-byte-text.ts';
import { formatNamed } from './reader-parts.ts';
import type { ReadingSpec } from './reading.ts';
import { type Candidate, candidates } from './recognise.ts';

/** What a person said of how a file is to be read. */
export interface ReadingWishes {
  readonly format?: string | undefined;
  readonly zone?: string | undefined;
  readonly encoding?: 'latin1' | 'cp1252' | undefined;
  readonly linePrefix?: string | undefined;
}

/** The format of a file, as named or as recognised, with what recognition found out. Fails with `intake/unknown-format`. */
export function chooseFormat(
  name: string,
  sample: Sample,
  wishes: ReadingWishes,
): { readonly spec: ReadingSpec; readonly recognised: Candidate | undefined } {
  const found = candidates(LOG_FORMATS, sample, nodeByteText());
  const recognised =
    wishes.format === undefined ? found[0] : found.find(({ format }) => format.id === wishes.format);
  const format = wishes.format === undefined ? recognised?.format : formatNamed(wishes.format);
  if (format === undefined)
    throw new EngineError(
      'intake/unknown-format',
      `${name} is of no format that is known: nothing at byte 0 looks like a log record.`,
      { next: 'If you know what it is, name the format.', at: { file: name, byte: 0 } },
    );
  const linePrefix = wishes.linePrefix ?? recognised?.recognition.settings?.linePrefix;
  const spec: ReadingSpec = {
    format: format.id,
    ...(wishes.zone === undefined ? {} : { zone: wishes.zone }),
    ...(wishes.encoding === undefined ? {} : { encoding: wishes.encoding }),
    ...(linePrefix === undefined ? {} : { linePrefix }),
  };
  return { spec, recognised };
}

/** Not one record: the wrong format was named, or the file only looked like a log. */
export function nothingRead(
  name: string,
  sample: Sample,
  wishes: ReadingWishes,
  { format }: ReadingSpec,
  unread: readonly NonRecord[],
): EngineError {
  const first = unread.find((range) => range.kind === 'rejected');
  const [likely] = candidates(LOG_FORMATS, sample, nodeByteText());
  const place =
    first === undefined
      ? 'It holds nothing but ignorable bytes.'
      : `Byte ${first.from}, line ${first.line}: ${first.message}`;
  const better =
    likely !== undefined && likely.format.id !== format
      ? `It looks like ${likely.format.title} (${likely.recognition.because}): import it as ${likely.format.id}.`
      : 'Look at the file, and name another format if you know it.';
  return new EngineError(
    wishes.format === undefined ? 'intake/no-records' : 'intake/wrong-format',
    `Not one record of ${name} could be read as ${formatNamed(format).title}. ${place}`,
    { next: better, at: { file: name, byte: first?.from ?? 0, line: first?.line ?? 1 } },
  );
}
