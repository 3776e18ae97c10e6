import { type FileHandle, open } from 'node:fs/promises';
import type { InflateRaw } from 'node:zlib';
import type { ContainerProblem, PackageReader } from '@dbwitness/shared/evidence/verify/package-reader.ts';
import { UnreadableEntry } from '@dbwitness/shared/evidence/verify/package-reader.ts';
import {
  acceptEntries,
  DEFLATED,
  STORED,
  type ZipRules,
} from '@dbwitness/shared/evidence/zip/accept-entries.ts';
import { crossCheck } from '@dbwitness/shared/evidence/zip/cross-check.ts';
import { missing } from '@dbwitness/shared/evidence/zip/missing.ts';
import { entryName, SECOND_NAME, type ZipEntry } from '@dbwitness/shared/evidence/zip/zip-entry.ts';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { nodePrimitives } from './node-host.ts';
import { readRange } from './read-range.ts';
import { HandleReader } from './zip-handle-reader.ts';

/** Caps on what an archive may claim or unfold to (SECURITY IM-1). */
export interface ZipLimits extends ZipRules {
  readonly entries: number;
  /** Inflated bytes for each packed one, counted while inflating, beyond the first `ratioFreeBytes`. */
  readonly ratio: number;
  readonly ratioFreeBytes: number;
}
export const ZIP_LIMITS: ZipLimits = {
  methods: [STORED, DEFLATED],
  entries: 1_000_000,
  fileBytes: 2 ** 40,
  totalBytes: 2 ** 42,
  ratio: 200,
  ratioFreeBytes: 2 ** 24,
};

const END_SIGNATURE = Buffer.from([0x50, 0x4b, 5, 6]);
/** End records: plain, or with the zip64 record and its locator before. */
const END_SIZES = [22, 22 + 20 + 56];

/** An entry as all readers see it, and as yauzl wants it back. */
interface ListedEntry extends ZipEntry {
  readonly own: Entry;
}

/** Opens a package archive: lists it, compares all that it says twice, and unpacks to memory only, chunk by chunk. */
export async function openZip(
  file: string,
  limits: ZipLimits = ZIP_LIMITS,
): Promise<PackageReader & { close(): Promise<void> }> {
  const handle = await open(file, 'r');
  const problems: ContainerProblem[] = [];
  try {
    const reader = new HandleReader(handle);
    const zip = await openArchive(handle, reader, problems);
    if (zip === undefined) {
      return { container: 'zip', entries: [], problems, open: missing, close: () => handle.close() };
    }
    const start = Number(zip.readEntryCursor);
    const listed: ListedEntry[] = [];
    try {
      for await (const entry of entriesOf(zip)) {
        listed.push(listedEntry(entry));
        if (listed.length > limits.entries) throw new Error(`more than ${limits.entries} entries`);
      }
    } catch (error) {
      problems.push(listingProblem(error));
    }
    const rest = listed.length === zip.entryCount ? zip.fileSize - Number(zip.readEntryCursor) : 0;
    const between = END_SIZES.includes(rest) ? 0 : rest;
    const starts = await crossCheck(
      (from, to) => reader.bytes(from, to),
      { entries: listed, start, between },
      problems,
    );
    const { entries, packed } = acceptEntries(listed, limits, problems);
    const close = async () => {
      zip.close();
      await handle.close();
    };
    return {
      container: 'zip',
      entries,
      problems,
      open(path) {
        const entry = packed.get(path);
        const from = entry && starts.get(entry);
        if (entry === undefined || from === undefined) return missing(path);
        const start = () =>
          entry.method === STORED ? storedBytes(handle, entry, from) : inflatedBytes(zip, entry);
        return unpack(start, path, entry, limits);
      },
      close,
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function* unpack(
  start: () => PackedBytes | Promise<PackedBytes>,
  path: string,
  { size, packedSize }: ZipEntry,
  limits: ZipLimits,
): AsyncIterable<Uint8Array> {
  const lies = (id: string, detail: string) => new UnreadableEntry({ id, target: path, detail });
  let bytes = 0;
  let used: number;
  try {
    const packed = await start();
    for await (const chunk of packed.bytes) {
      bytes += chunk.length;
      if (bytes > size) throw lies('zip/lying-size', `unpacks to more than the ${size} bytes stated`);
      if (bytes > limits.ratioFreeBytes && bytes > limits.ratio * packedSize) {
        throw lies('zip/ratio', `unpacks to more than ${limits.ratio} times its packed size`);
      }
      yield chunk;
    }
    used = packed.used();
  } catch (error) {
    if (error instanceof UnreadableEntry || !isArchiveError(error)) throw error;
    throw lies('zip/damaged', `cannot be unpacked: ${error.message}`);
  }
  if (bytes !== size) {
    throw lies('zip/lying-size', `unpacks to ${bytes} bytes of the ${size} stated`);
  }
  if (used < packedSize)
    throw lies('zip/gap', `${packedSize - used} bytes stand behind what unpacks to the file`);
}

/** Bytes of an entry, and how many packed ones they took. */
interface PackedBytes {
  readonly bytes: AsyncIterable<Uint8Array>;
  used(): number;
}

/** Stored bytes come straight from the file, as ours all do. */
function storedBytes(handle: FileHandle, { packedSize }: ZipEntry, from: number): PackedBytes {
  return { bytes: readRange(handle, from, from + packedSize), used: () => packedSize };
}

async function inflatedBytes(zip: ZipFile, { own }: ListedEntry): Promise<PackedBytes> {
  // Unvalidated sizes make yauzl give the zlib stream itself: what follows the end of deflate data it drops in silence.
  const inflate = (await zip.openReadStreamPromise(own)) as InflateRaw;
  return { bytes: inflate, used: () => inflate.bytesWritten };
}

/** Errors of the archive, not of the disk: zlib's and yauzl's own; the disk's carry a system call. */
function isArchiveError(error: unknown): error is Error {
  return error instanceof Error && !('syscall' in error) && error.name !== 'AbortError';
}

function listingProblem(error: unknown): ContainerProblem {
  if (!isArchiveError(error)) throw error;
  const id = /encryption/.test(error.message) ? 'zip/encrypted' : 'zip/damaged';
  return { id, target: '', detail: `the list of entries cannot be read to its end: ${error.message}` };
}

/**
 * Opens the archive that ends where its end record says; what follows is a problem and no part of it. Undefined when there is none.
 * Strings stay bytes and sizes are checked here: yauzl would end the whole listing at the first entry it dislikes.
 */
async function openArchive(
  handle: FileHandle,
  reader: HandleReader,
  problems: ContainerProblem[],
): Promise<ZipFile | undefined> {
  const { size } = await handle.stat();
  const tail = Buffer.alloc(Math.min(size, 22 + 0xffff));
  await handle.read(tail, 0, tail.length, size - tail.length);
  const record = tail.lastIndexOf(END_SIGNATURE);
  if (record < 0 || record + 22 > tail.length) {
    problems.push({ id: 'zip/damaged', target: '', detail: 'not a zip archive' });
    return undefined;
  }
  const end = Math.min(size, size - tail.length + record + 22 + tail.readUInt16LE(record + 20));
  if (end < size)
    problems.push({ id: 'zip/gap', target: '', detail: `${size - end} bytes follow the archive` });
  const options = { lazyEntries: true, decodeStrings: false, validateEntrySizes: false, autoClose: false };
  return new Promise((resolve, reject) => {
    yauzl.fromRandomAccessReader(reader, end, options, (error, zip) => {
      if (error === null) return resolve(zip);
      if (!isArchiveError(error)) return reject(error);
      problems.push({ id: 'zip/damaged', target: '', detail: error.message });
      resolve(undefined);
    });
  });
}

function listedEntry(own: Entry): ListedEntry {
  return {
    name: entryName(own.fileNameRaw, nodePrimitives.text),
    nameBytes: own.fileNameRaw,
    flags: own.generalPurposeBitFlag,
    method: own.compressionMethod,
    crc: own.crc32,
    packedSize: own.compressedSize,
    size: own.uncompressedSize,
    attributes: own.externalFileAttributes,
    start: own.relativeOffsetOfLocalHeader,
    renamed: own.extraFields.some(({ id }) => id === SECOND_NAME),
    own,
  };
}

async function* entriesOf(zip: ZipFile): AsyncIterable<Entry> {
  while (zip.entriesRead < zip.entryCount) {
    yield await new Promise<Entry>((resolve, reject) => {
      const done = () => {
        zip.removeListener('entry', onEntry);
        zip.removeListener('error', onError);
      };
      const onEntry = (entry: Entry) => {
        done();
        resolve(entry);
      };
      const onError = (error: Error) => {
        done();
        reject(error);
      };
      zip.once('entry', onEntry);
      zip.once('error', onError);
      zip.readEntry();
    });
  }
}
