import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Compression } from '@dbwitness/shared/evidence/derivation.ts';
import type { Unpacked } from '@dbwitness/shared/evidence/unpacked.ts';
import type { Sample } from '@dbwitness/shared/logs/log-format.ts';
import type { CallOptions, Progress } from '../../host/request.ts';
import type { CaseStore } from '../case/case-store.ts';
import type { StoredExhibit } from '../case/stored-exhibit.ts';
import { EngineError } from '../engine-error.ts';
import { openSource, type SourceFile, unreadable } from '../source-file.ts';
import { chooseFormat, nothingRead } from './choose-format.ts';
import { evenChunks } from './even-chunks.ts';
import { type Digests, ExhibitHash } from './exhibit-hash.ts';
import type { ReadAccount } from './exhibit-reader.ts';
import type { ImportRequest } from './import-request.ts';
import { compressionOf, inflate, unpackingProblem } from './inflate.ts';
import { IMPORT_LIMITS } from './limits.ts';
import type { Readers, Reading, ReadingSpec, TakeBatch } from './reading.ts';
import { type Candidate, sampleFile, sampleStream } from './recognise.ts';

export interface IntakeJob {
  readonly store: CaseStore;
  readonly readers: Readers;
  /** Names the intake's folder under `incoming`, and in the ledger. */
  readonly id: string;
  readonly request: ImportRequest;
  readonly path: string;
  readonly name: string;
  readonly take: TakeBatch;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: CallOptions['onProgress'];
}

/** A file that stands whole in `incoming/<id>/bytes` and was read, ready to be committed. */
export interface Intake {
  readonly kind: 'taken';
  readonly id: string;
  readonly folder: string;
  readonly name: string;
  readonly modified: string;
  readonly request: ImportRequest;
  readonly digests: Digests;
  readonly compression?: Compression;
  /** Digests of what the compressed bytes stand for. */
  readonly derived?: Digests;
  /** How far they could be unpacked. */
  readonly unpacked?: Unpacked;
  readonly spec?: ReadingSpec;
  readonly recognised?: Candidate;
  readonly account?: ReadAccount;
  /** Why the bytes were kept but not read. */
  readonly failed?: EngineError;
}

/** A file whose bytes the case has already. */
export interface Known {
  readonly kind: 'known';
  readonly exhibit: StoredExhibit;
}

/**
 * Acquires one file: read once, from begin to end, while its bytes are copied, hashed and read as records (EVIDENCE §2).
 * Leaves a folder under `incoming` that nothing refers to yet; fails leaving nothing.
 */
export async function takeIn(job: IntakeJob): Promise<Intake | Known> {
  const { store, id, path, name } = job;
  const source = await openSource(path, name);
  const folder = join(store.folder.incoming, id);
  try {
    if (source.bytes === 0)
      throw new EngineError('intake/empty', `${name} is empty: it holds 0 bytes.`, {
        next: 'If it should not be, ask for the export again.',
        at: { file: name, byte: 0 },
      });
    const known = await knownBytes(store, source, name);
    if (known !== undefined) return { kind: 'known', exhibit: known };
    await mkdir(folder, { mode: 0o700 });
    return await acquire(job, source, folder);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  } finally {
    await source.close();
  }
}

/** An exhibit with the same bytes, acquired or derived. Only a file of equal length is read for that. */
async function knownBytes(
  store: CaseStore,
  source: SourceFile,
  name: string,
): Promise<StoredExhibit | undefined> {
  const alike = store.exhibits.filter((exhibit) => exhibit.bytes === source.bytes);
  if (alike.length === 0) return undefined;
  const hash = createHash('sha256');
  for await (const chunk of sourceChunks(source, name)) hash.update(chunk);
  const sha256 = hash.digest('hex');
  return alike.find((exhibit) => exhibit.sha256 === sha256);
}

async function acquire(job: IntakeJob, source: SourceFile, folder: string): Promise<Intake> {
  const { name, request, signal, onProgress } = job;
  const head = await sampleFile(source.handle, name, source.bytes);
  const compression = compressionOf(head.head);
  const copy = await open(join(folder, 'bytes'), 'wx', 0o600);
  const hash = new ExhibitHash();
  let copied = 0;
  const progress = (): Progress => ({
    phase: 'import',
    done: copied,
    total: source.bytes,
    unit: 'bytes',
    subject: name,
  });
  try {
    const acquired = (async function* () {
      for await (const chunk of sourceChunks(source, name)) {
        signal?.throwIfAborted();
        hash.update(chunk);
        await writeAll(copy, chunk, copied, name);
        copied += chunk.length;
        yield chunk;
        onProgress?.(progress());
      }
    })();
    const read =
      compression === undefined
        ? await readRecords(job, acquired, head)
        : await readDerived(job, compression, acquired);
    await source.assertUnchanged(copied);
    await copy.sync();
    return {
      kind: 'taken',
      id: job.id,
      folder,
      name,
      modified: source.modified,
      request,
      digests: hash.digests(),
      ...(compression === undefined ? {} : { compression }),
      ...read,
    };
  } finally {
    await copy.close();
  }
}

type ReadPart = Pick<Intake, 'derived' | 'unpacked' | 'spec' | 'recognised' | 'account' | 'failed'>;

/** Inflates and reads. The bytes as acquired are kept also when what they stand for cannot be had. */
async function readDerived(
  job: IntakeJob,
  compression: Compression,
  acquired: AsyncGenerator<Uint8Array<ArrayBuffer>>,
): Promise<ReadPart> {
  const hash = new ExhibitHash();
  let unpacked: Unpacked | undefined;
  const inflated = (async function* () {
    unpacked = yield* inflate(compression, drainable(acquired), job.name);
  })();
  const even = evenChunks(inflated, IMPORT_LIMITS.chunkBytes);
  try {
    const first = await even.next();
    if (first.done === true) {
      const problem = unpacked && unpackingProblem(unpacked, job.name);
      throw problem?.code === 'compressed/cut'
        ? new EngineError(problem.code, problem.message, { at: { file: job.name, byte: problem.byte } })
        : new EngineError('compressed/empty', `${job.name} holds nothing once decompressed.`);
    }
    const sample = sampleStream(job.name.replace(/\.(gz|zst|zstd)$/i, ''), first.value);
    const hashed = (async function* () {
      hash.update(first.value);
      yield first.value;
      for await (const chunk of even) {
        hash.update(chunk);
        yield chunk;
      }
    })();
    const read = await readRecords(job, hashed, sample);
    return { derived: hash.digests(), ...(unpacked === undefined ? {} : { unpacked }), ...read };
  } catch (error) {
    if (!(error instanceof EngineError) || !error.code.startsWith('compressed/')) throw error;
    for await (const _ of acquired) {
      // The rest still has to be copied and hashed.
    }
    return { failed: error };
  }
}

/** The same chunks, from a generator that stays open when its consumer gives up. */
async function* drainable(
  source: AsyncGenerator<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value;
}

async function readRecords(
  job: IntakeJob,
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
  sample: Sample,
): Promise<ReadPart> {
  const { spec, recognised } = chooseFormat(job.name, sample, job.request);
  const reading: Reading = await job.readers.start(spec, job.take);
  let account: ReadAccount;
  try {
    for await (const chunk of chunks) await reading.push(chunk);
    account = await reading.end();
  } catch (error) {
    await reading.abort();
    throw error;
  }
  if (account.records === 0) throw nothingRead(job.name, sample, job.request, spec, account.unread);
  return { spec, ...(recognised === undefined ? {} : { recognised }), account };
}

/** The whole file in chunks that are whole blocks, to the length that it had when it was opened. */
async function* sourceChunks(source: SourceFile, name: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let at = 0; at < source.bytes; ) {
    const chunk = new Uint8Array(Math.min(IMPORT_LIMITS.chunkBytes, source.bytes - at));
    let filled = 0;
    try {
      while (filled < chunk.length) {
        const { bytesRead } = await source.handle.read(chunk, filled, chunk.length - filled, at + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
    } catch (error) {
      throw unreadable(name, error, at + filled);
    }
    if (filled > 0) yield filled === chunk.length ? chunk : chunk.slice(0, filled);
    // Shorter than it was: the check after reading says so.
    if (filled < chunk.length) return;
    at += filled;
  }
}

async function writeAll(copy: FileHandle, chunk: Uint8Array, at: number, name: string): Promise<void> {
  try {
    for (let done = 0; done < chunk.length; ) {
      const { bytesWritten } = await copy.write(chunk, done, chunk.length - done, at + done);
      done += bytesWritten;
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT'))
      throw new EngineError(
        'intake/disk-full',
        `The case's disk was full at byte ${at} of ${name}. Nothing of the file was kept.`,
        {
          next: 'Free some space, or move the case to a larger disk, and import the file again.',
          at: { file: name, byte: at },
        },
      );
    throw error;
  }
}
