import { basename } from 'node:path';
import type { AuditEvent } from '@dbwitness/shared/events/audit-event.ts';
import { addStatement } from '@dbwitness/shared/events/complete.ts';
import { LOG_FORMATS } from '@dbwitness/shared/logs/index.ts';
import type { LogRecord, NonRecord, Piece } from '@dbwitness/shared/logs/log-format.ts';
import type { StatementFacts } from '@dbwitness/shared/sql/facts.ts';
import type { Problem } from '@dbwitness/shared/text/problem.ts';
import { EngineError } from './engine-error.ts';
import { evenChunks } from './import/even-chunks.ts';
import { compressionOf, inflate } from './import/inflate.ts';
import { IMPORT_LIMITS } from './import/limits.ts';
import { createReaderParts, formatNamed } from './import/reader-parts.ts';
import { type Candidate, candidates } from './import/recognise.ts';
import { openSource, type SourceFile, unreadable } from './import/source-file.ts';
import { nodeByteText } from './node-byte-text.ts';

/** How a file is read when nothing is kept of it. */
export interface ParseOptions {
  readonly format?: string;
  readonly zone?: string;
  readonly encoding?: 'latin1' | 'cp1252';
  readonly linePrefix?: string;
  readonly signal?: AbortSignal;
}

/** A record's event with where it stands, complete: with all that its statement tells. */
export interface ParsedEvent extends AuditEvent {
  readonly format: string;
  readonly byte_offset: number;
  readonly byte_length: number;
  readonly line: number;
}

/** What became of every byte of a file. */
export interface FileAccount {
  readonly file: string;
  readonly bytes: number;
  /** Bytes after decompression, where they differ. */
  readonly inflatedBytes?: number;
  readonly compression?: 'gzip' | 'zstd';
  readonly format: string;
  readonly title: string;
  readonly because: string;
  readonly records: number;
  readonly unread: readonly NonRecord[];
  readonly problems: readonly Problem[];
}

/**
 * Reads a log file without a case: hands each event to `take` and returns the account of the file. Fails with an
 * EngineError where nothing can be read of it.
 */
export async function parseFile(
  path: string,
  options: ParseOptions,
  take: (event: ParsedEvent) => void | Promise<void>,
): Promise<FileAccount> {
  const file = basename(path);
  const source = await openSource(path, file);
  try {
    return await parseSource(file, source, options, take);
  } finally {
    await source.close();
  }
}

async function parseSource(
  file: string,
  source: SourceFile,
  options: ParseOptions,
  take: (event: ParsedEvent) => void | Promise<void>,
): Promise<FileAccount> {
  const raw = rawChunks(source, file);
  const head = await raw.next();
  if (head.done === true)
    throw new EngineError('intake/empty', `${file} is empty: it holds 0 bytes.`, { at: { file, byte: 0 } });
  const compression = compressionOf(head.value);
  const whole = again(head.value, raw);
  const chunks =
    compression === undefined
      ? whole
      : evenChunks(inflate(compression, whole, file), IMPORT_LIMITS.chunkBytes);
  const first = await chunks.next();
  if (first.done === true)
    throw new EngineError('compressed/empty', `${file} holds nothing once decompressed.`, { at: { file } });
  const { format, title, because, spec } = choose(file, first.value, options);
  const { complete, understand, format: reads, options: readOptions } = await createReaderParts(spec);
  const reader = reads.open(readOptions);
  const facts = new Map<string, StatementFacts>();
  const unread: NonRecord[] = [];
  let records = 0;
  let inflatedBytes = 0;
  const eventOf = ({ event, from, to, line }: LogRecord): ParsedEvent => {
    const { statement } = event;
    let known: StatementFacts | undefined;
    if (statement !== undefined) {
      const truncated = event.flags?.includes('truncated') === true;
      const key = truncated ? `cut ${statement}` : `whole ${statement}`;
      known = facts.get(key) ?? understand(statement, truncated);
      if (facts.size > 20_000) facts.clear();
      facts.set(key, known);
    }
    complete(event, known);
    if (known !== undefined) addStatement(event, known);
    return { ...event, format, byte_offset: from, byte_length: to - from, line };
  };
  const takeAll = async (pieces: readonly Piece[]): Promise<void> => {
    for (const piece of pieces) {
      if (piece.kind !== 'record') {
        unread.push(piece);
        continue;
      }
      records++;
      const taken = take(eventOf(piece));
      if (taken !== undefined) await taken;
    }
  };
  for await (const chunk of again(first.value, chunks)) {
    options.signal?.throwIfAborted();
    inflatedBytes += chunk.length;
    await takeAll(reader.push(chunk));
  }
  await takeAll(reader.end());
  const account: FileAccount = {
    file,
    bytes: source.bytes,
    ...(compression === undefined ? {} : { compression, inflatedBytes }),
    format,
    title,
    because,
    records,
    unread,
    problems: reader.problems(),
  };
  if (records > 0) return account;
  const rejected = unread.find((range) => range.kind === 'rejected');
  throw new EngineError(
    options.format === undefined ? 'intake/no-records' : 'intake/wrong-format',
    `Not one record of ${file} could be read as ${title}${rejected === undefined ? '' : `: byte ${rejected.from}, line ${rejected.line}: ${rejected.message}`}.`,
    { at: { file, byte: rejected?.from ?? 0, line: rejected?.line ?? 1 } },
  );
}

function choose(file: string, head: Uint8Array, options: ParseOptions) {
  const sample = { name: file, head: head.subarray(0, IMPORT_LIMITS.sampleBytes) };
  const found: readonly Candidate[] = candidates(LOG_FORMATS, sample, nodeByteText());
  const best =
    options.format === undefined ? found[0] : found.find(({ format }) => format.id === options.format);
  const format = options.format === undefined ? best?.format : formatNamed(options.format);
  if (format === undefined)
    throw new EngineError(
      'intake/unknown-format',
      `${file} is of no format that is known: nothing at byte 0 looks like a log record.`,
      {
        next: 'If you know what it is, name the format.',
        at: { file, byte: 0 },
      },
    );
  const linePrefix = options.linePrefix ?? best?.recognition.settings?.linePrefix;
  const spec = {
    format: format.id,
    ...(options.zone === undefined ? {} : { zone: options.zone }),
    ...(options.encoding === undefined ? {} : { encoding: options.encoding }),
    ...(linePrefix === undefined ? {} : { linePrefix }),
  };
  return {
    format: format.id,
    title: format.title,
    because: best?.recognition.because ?? 'named by you',
    spec,
  };
}

async function* rawChunks(source: SourceFile, name: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let at = 0; ; ) {
    const chunk = new Uint8Array(IMPORT_LIMITS.chunkBytes);
    let read: number;
    try {
      read = (await source.handle.read(chunk, 0, chunk.length, at)).bytesRead;
    } catch (error) {
      throw unreadable(name, error, at);
    }
    if (read === 0) return;
    at += read;
    yield chunk.subarray(0, read);
  }
}

/** A stream with the chunk that was taken from its head put back. */
async function* again(
  head: Uint8Array<ArrayBuffer>,
  rest: AsyncGenerator<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield head;
  yield* rest;
}
