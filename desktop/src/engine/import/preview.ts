import type { AuditEvent } from '@dbwitness/shared/events/audit-event.ts';
import type { Compression } from '@dbwitness/shared/evidence/derivation.ts';
import { LOG_FORMATS } from '@dbwitness/shared/logs/index.ts';
import type { Sample } from '@dbwitness/shared/logs/log-format.ts';
import type { Problem } from '@dbwitness/shared/text/problem.ts';
import type { Preview } from '../../host/evidence.ts';
import { nodeByteText } from '../node-byte-text.ts';
import { openSource } from '../source-file.ts';
import { evenChunks } from './even-chunks.ts';
import { compressionOf, inflate } from './inflate.ts';
import { IMPORT_LIMITS } from './limits.ts';
import { formatNamed, readOptions } from './reader-parts.ts';
import { candidates, sampleFile } from './recognise.ts';

/** Rows that a preview shows. */
const ROWS = 20;

/** What a file would become: its format, its first records, what would be asked. Nothing is kept. */
export async function previewFile(
  file: string,
  path: string,
  name: string,
  { format: forced, zone }: { readonly format?: string | undefined; readonly zone?: string | undefined },
): Promise<Preview> {
  const source = await openSource(path, name);
  try {
    const raw = await sampleFile(source.handle, name, source.bytes);
    const compression = compressionOf(raw.head);
    const sample = compression === undefined ? raw : await inflatedSample(compression, raw);
    const text = nodeByteText();
    const found = candidates(LOG_FORMATS, sample, text);
    const chosen = forced === undefined ? found[0]?.format : formatNamed(forced);
    const read =
      chosen === undefined
        ? undefined
        : readSample(chosen.id, sample, zone, found[0]?.recognition.settings?.linePrefix);
    return {
      file,
      name,
      bytes: source.bytes,
      ...(compression === undefined ? {} : { compression }),
      guesses: found.map(({ format, recognition }) => ({
        format: format.id,
        title: format.title,
        confidence: recognition.confidence,
        because: recognition.because,
      })),
      encoding: text.utf8(sample.head, 0, lastLineEnd(sample.head)) === undefined ? 'mixed' : 'UTF-8',
      zone: zoneOf(read?.events ?? []),
      rows: read?.events.slice(0, ROWS).map(shownFields) ?? [],
      problems: read?.problems.map(({ code, message }) => ({ code, message })) ?? [],
    };
  } finally {
    await source.close();
  }
}

/** The beginning of what a compressed file holds. A sample ends in the middle of the stream, which is no damage. */
async function inflatedSample(compression: Compression, { name, head }: Sample): Promise<Sample> {
  const chunks = (async function* () {
    yield new Uint8Array(head);
  })();
  try {
    for await (const chunk of evenChunks(inflate(compression, chunks, name), IMPORT_LIMITS.sampleBytes))
      return { name, head: chunk };
  } catch {
    // Damaged from the start, or too little of it for one block: importing it will tell.
  }
  return { name, head: new Uint8Array(0) };
}

function readSample(
  format: string,
  sample: Sample,
  zone: string | undefined,
  linePrefix: string | undefined,
) {
  const reader = formatNamed(format).open(
    readOptions({
      format,
      ...(zone === undefined ? {} : { zone }),
      ...(linePrefix === undefined ? {} : { linePrefix }),
    }),
  );
  // Without `end`: the sample breaks off in a record.
  const pieces = reader.push(sample.head);
  const events = pieces.flatMap((piece) => (piece.kind === 'record' ? [piece.event] : []));
  const rejected = pieces.flatMap((piece) =>
    piece.kind === 'rejected' ? [{ code: piece.code, message: piece.message }] : [],
  );
  const problems: readonly Pick<Problem, 'code' | 'message'>[] = [
    ...reader.problems(),
    ...rejected.slice(0, ROWS),
  ];
  return { events, problems };
}

function zoneOf(events: readonly AuditEvent[]): Preview['zone'] {
  const bases = new Set(events.flatMap(({ time_basis }) => (time_basis === undefined ? [] : [time_basis])));
  if (bases.has('assumed UTC'))
    return { state: 'ask', note: 'The times carry no zone: say in which zone the server wrote them.' };
  return {
    state: 'in record',
    note: bases.size === 0 ? 'No record was read.' : `The zone is known: ${[...bases].join(', ')}.`,
  };
}

function shownFields(event: AuditEvent): Readonly<Record<string, string>> {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(event)) {
    if (value === undefined) continue;
    shown[name] =
      name === 'time' && typeof value === 'number'
        ? new Date(value / 1000).toISOString()
        : typeof value === 'object'
          ? JSON.stringify(value)
          : String(value);
  }
  return shown;
}

function lastLineEnd(bytes: Uint8Array): number {
  const at = bytes.lastIndexOf(10);
  return at < 0 ? bytes.length : at + 1;
}
