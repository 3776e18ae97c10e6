import { addStatement } from '@dbwitness/shared/events/complete.ts';
import type { ParsedEvent } from '@dbwitness/shared/events/event-json.ts';
import type { Compression } from '@dbwitness/shared/evidence/derivation.ts';
import type { Sample } from '@dbwitness/shared/logs/log-format.ts';
import type { LogRecord, NonRecord, Piece } from '@dbwitness/shared/logs/piece.ts';
import type { Problem } from '@dbwitness/shared/text/problem.ts';
import type { HostError } from '../../host/request.ts';
import { EngineError } from '../engine-error.ts';
import { openSource, type SourceFile, unreadable } from '../source-file.ts';
import { chooseFormat, nothingRead, type ReadingWishes } from './choose-format.ts';
import { evenChunks } from './even-chunks.ts';
import { compressionOf, inflate, unpackingProblem } from './inflate.ts';
import { IMPORT_LIMITS } from './limits.ts';
import { createReaderParts } from './reader-parts.ts';
import { sampleFile, sampleStream } from './recognise.ts';
import { StatementBook } from './statement-book.ts';

/** What became of every byte of a file that was read without a case. */
export interface FileAccount {
  readonly file: string;
  /** Bytes of the file; of a compressed one that broke off, those that were read. */
  readonly bytes: number;
  readonly compression?: Compression;
  /** Bytes that came out of a compressed file: what the ranges count. */
  readonly inflatedBytes?: number;
  readonly format?: string;
  readonly title?: string;
  /** Why the file is taken for this format. */
  readonly because?: string;
  readonly records: number;
  readonly recordBytes: number;
  /** Bytes that carry no event by design, and bytes that could not be read: with the records, they tile the file. */
  readonly ignored: readonly UnreadRange[];
  readonly unreadable: readonly UnreadRange[];
  readonly problems: readonly Problem[];
  /** Why reading failed; what came before stands in the account. */
  readonly error?: HostError;
}

export type UnreadRange = Omit<NonRecord, 'kind'>;

/** Takes the events of a file one after the other; a promise holds the reading back until it is settled. */
export type TakeEvent = (event: ParsedEvent) => Promise<void> | undefined;

/** Reads the log file at `path`: see `parseStream`. Also what cannot be opened has an account. */
export async function parseFile(
  path: string,
  file: string,
  wishes: ReadingWishes,
  take: TakeEvent | undefined,
  signal?: AbortSignal,
): Promise<FileAccount> {
  let source: SourceFile;
  try {
    source = await openSource(path, file);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { ...NOTHING, file, bytes: 0, error: plain(error) };
  }
  try {
    const sample = await sampleFile(source.handle, file, source.bytes);
    return await parseStream(sourceChunks(source, file), file, wishes, take, signal, sample);
  } finally {
    await source.close();
  }
}

/**
 * Reads a log without a case: hands every event, with all that its statement tells, to `take`, and returns the account;
 * without `take` statements are not looked at.
 * What is wrong with the bytes stands in the account; only bugs and an aborted signal throw. Memory stays flat.
 */
export async function parseStream(
  raw: Chunks,
  file: string,
  wishes: ReadingWishes,
  take: TakeEvent | undefined,
  signal?: AbortSignal,
  sampled?: Sample,
): Promise<FileAccount> {
  const tally = new Tally();
  let bytes = 0;
  let inflatedBytes = 0;
  let compression: Compression | undefined;
  let identified: Pick<FileAccount, 'format' | 'title' | 'because'> = {};
  let problems: () => readonly Problem[] = () => [];
  // Where a file breaks off, what came before is read to its end.
  let broken: EngineError | undefined;
  const breaks = (error: EngineError) => {
    broken ??= error;
  };
  let followed: readonly Problem[] = [];
  const unpacked = async function* (compression: Compression, chunks: Chunks): Chunks {
    const problem = unpackingProblem(yield* inflate(compression, chunks, file), file);
    const at = { file, byte: problem?.byte ?? 0 };
    if (problem?.code === 'compressed/cut') breaks(new EngineError(problem.code, problem.message, { at }));
    else if (problem !== undefined) followed = [{ ...problem, at }];
  };
  const counted = counting(unbroken(raw, breaks), (length) => {
    bytes += length;
  });
  const account = (error?: EngineError): FileAccount => ({
    file,
    bytes,
    ...(compression === undefined ? {} : { compression, inflatedBytes }),
    ...identified,
    ...tally.ranges(),
    problems: [...followed, ...problems()],
    ...(error === undefined ? {} : { error: plain(error) }),
  });
  try {
    const head = await counted.next();
    if (head.done === true)
      return account(
        broken ??
          new EngineError('intake/empty', `${file} is empty: it holds 0 bytes.`, { at: { file, byte: 0 } }),
      );
    compression = compressionOf(head.value);
    const whole = again(head.value, counted);
    const chunks =
      compression === undefined
        ? whole
        : evenChunks(unbroken(unpacked(compression, whole), breaks), IMPORT_LIMITS.chunkBytes);
    const first = await chunks.next();
    if (first.done === true)
      return account(
        broken ??
          new EngineError('compressed/empty', `${file} holds nothing once decompressed.`, { at: { file } }),
      );
    const text = counting(again(first.value, chunks), (length) => {
      inflatedBytes += length;
    });
    const sample =
      compression === undefined && sampled !== undefined
        ? sampled
        : sampleStream(file.replace(/\.(gz|zst|zstd)$/i, ''), first.value);
    const choice = await choose(file, sample, wishes, text, tally);
    if (choice instanceof EngineError) return account(choice);
    const { spec, recognised: candidate } = choice;
    const { format, options, understand, complete } = await createReaderParts(spec);
    identified = {
      format: format.id,
      title: format.title,
      because: candidate?.recognition.because ?? 'named by the examiner',
    };
    const reader = format.open(options);
    problems = () => reader.problems();
    const book = new StatementBook(understand, format.dialect);
    const eventOf = ({ event, from, to, line }: LogRecord): ParsedEvent => {
      const { statement } = event;
      const cut = event.flags?.includes('truncated') === true;
      const facts = statement === undefined ? undefined : book.lookUp(statement, cut, ignoreRow).facts;
      complete(event, facts);
      if (facts !== undefined) addStatement(event, facts);
      const place = { format: format.id, byte_offset: from, byte_length: to - from, line };
      return facts === undefined
        ? { ...event, ...place }
        : { ...event, ...place, fingerprint: facts.fingerprint };
    };
    const takeAll = async (pieces: readonly Piece[]): Promise<void> => {
      for (const piece of pieces) {
        tally.add(piece);
        const taken = piece.kind === 'record' ? take?.(eventOf(piece)) : undefined;
        if (taken !== undefined) await taken;
      }
    };
    for await (const chunk of text) {
      signal?.throwIfAborted();
      await takeAll(reader.push(chunk));
    }
    await takeAll(reader.end());
    if (broken !== undefined) return account(broken);
    return account(tally.records > 0 ? undefined : nothingRead(file, sample, wishes, spec, tally.unread));
  } catch (error) {
    if (error instanceof EngineError) return account(error);
    throw error;
  }
}

type Chunks = AsyncGenerator<Uint8Array<ArrayBuffer>>;

const NOTHING = { records: 0, recordBytes: 0, ignored: [], unreadable: [], problems: [] };

/** There is no table of statements here: the facts go with each event. */
const ignoreRow = (): void => undefined;

function plain({ code, message, next, at }: EngineError): HostError {
  return { code, message, ...(next === undefined ? {} : { next }), ...(at === undefined ? {} : { at }) };
}

/** The format; where there is none, the bytes are counted as one range that cannot be read. */
async function choose(file: string, sample: Sample, wishes: ReadingWishes, text: Chunks, tally: Tally) {
  try {
    return chooseFormat(file, sample, wishes);
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== 'intake/unknown-format') throw error;
    const { code, message } = error;
    let at = 0;
    for await (const chunk of text) {
      tally.add({ kind: 'rejected', from: at, to: at + chunk.length, line: 1, code, message });
      at += chunk.length;
    }
    return error;
  }
}

/** Counts the pieces of a file; neighbours of one kind and reason become one range. */
class Tally {
  readonly unread: NonRecord[] = [];
  records = 0;
  #recordBytes = 0;

  add(piece: Piece): void {
    if (piece.kind === 'record') {
      this.records++;
      this.#recordBytes += piece.to - piece.from;
      return;
    }
    const last = this.unread.at(-1);
    if (last !== undefined && last.to === piece.from && last.kind === piece.kind && last.code === piece.code)
      this.unread[this.unread.length - 1] = { ...last, to: piece.to };
    else this.unread.push(piece);
  }

  ranges(): Pick<FileAccount, 'records' | 'recordBytes' | 'ignored' | 'unreadable'> {
    const of = (wanted: NonRecord['kind']): readonly UnreadRange[] =>
      this.unread.filter(({ kind }) => kind === wanted).map(({ kind: _, ...range }) => range);
    return {
      records: this.records,
      recordBytes: this.#recordBytes,
      ignored: of('ignored'),
      unreadable: of('rejected'),
    };
  }
}

async function* sourceChunks(source: SourceFile, name: string): Chunks {
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

/** Ends where the stream fails, and tells why. */
async function* unbroken(chunks: Chunks, tell: (error: EngineError) => void): Chunks {
  try {
    yield* chunks;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    tell(error);
  }
}

async function* counting(chunks: Chunks, count: (length: number) => void): Chunks {
  for await (const chunk of chunks) {
    count(chunk.length);
    yield chunk;
  }
}

/** A stream with the chunk that was taken from its head put back. */
async function* again(head: Uint8Array<ArrayBuffer>, rest: Chunks): Chunks {
  yield head;
  yield* rest;
}
