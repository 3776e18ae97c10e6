import { type FileHandle, open } from 'node:fs/promises';
import type { InflateRaw } from 'node:zlib';
import { pathFinding } from '@dbwitness/shared/evidence/verify/checks/path.ts';
import type {
  ContainerProblem,
  PackageEntry,
  PackageReader,
} from '@dbwitness/shared/evidence/verify/package-reader.ts';
import { UnreadableEntry } from '@dbwitness/shared/evidence/verify/package-reader.ts';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { readRange } from './read-range.ts';
import { crossCheck } from './zip-cross-check.ts';
import { nameText } from './zip-entry-name.ts';
import { HandleReader } from './zip-handle-reader.ts';

/** Caps on what an archive may claim or unfold to (SECURITY IM-1). */
export interface ZipLimits {
  readonly entries: number;
  readonly fileBytes: number;
  readonly totalBytes: number;
  /** Inflated bytes for each packed one, counted while inflating, beyond the first `ratioFreeBytes`. */
  readonly ratio: number;
  readonly ratioFreeBytes: number;
}
export const ZIP_LIMITS: ZipLimits = {
  entries: 1_000_000,
  fileBytes: 2 ** 40,
  totalBytes: 2 ** 42,
  ratio: 200,
  ratioFreeBytes: 2 ** 24,
};

const END_SIGNATURE = Buffer.from([0x50, 0x4b, 5, 6]);
const STORED = 0;
const DEFLATED = 8;

/** Opens a package archive: lists it, compares all that it says twice, and unpacks to memory only, chunk by chunk. */
export async function openZip(
  file: string,
  limits: ZipLimits = ZIP_LIMITS,
): Promise<PackageReader & { close(): Promise<void> }> {
  const handle = await open(file, 'r');
  const problems: ContainerProblem[] = [];
  try {
    const zip = await openArchive(handle, problems);
    if (zip === undefined) {
      return { container: 'zip', entries: [], problems, open: nothing, close: () => handle.close() };
    }
    const centralStart = Number(zip.readEntryCursor);
    const listed: Entry[] = [];
    try {
      for await (const entry of entriesOf(zip)) {
        listed.push(entry);
        if (listed.length > limits.entries) throw new Error(`more than ${limits.entries} entries`);
      }
    } catch (error) {
      problems.push(listingProblem(error));
    }
    problems.push(...(await crossCheck(handle, zip, listed, centralStart)));
    const { entries, packed } = accept(listed, problems, limits);
    const close = async () => {
      zip.close();
      await handle.close();
    };
    return {
      container: 'zip',
      entries,
      problems,
      open: (path) => unpack(handle, zip, path, packed.get(path), limits),
      close,
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Sorts out what is listed: safe entries of the one package folder, and a problem for each of the others. */
function accept(
  listed: readonly Entry[],
  problems: ContainerProblem[],
  limits: ZipLimits,
): { readonly entries: readonly PackageEntry[]; readonly packed: ReadonlyMap<string, Entry> } {
  const packed = new Map<string, Entry>();
  const entries: PackageEntry[] = [];
  const foreign = new Set<string>();
  let top: string | undefined;
  let total = 0;
  for (const entry of listed) {
    const name = nameText(entry);
    const plain = name.endsWith('/') ? name.slice(0, -1) : name;
    const slash = plain.indexOf('/');
    const [folder, path] = slash < 0 ? [plain, ''] : [plain.slice(0, slash), plain.slice(slash + 1)];
    const problem = unsafe(plain, path) ?? oddity(entry, name);
    if (problem !== undefined) {
      problems.push(problem);
      continue;
    }
    top ??= folder;
    total += entry.uncompressedSize;
    if (folder !== top || (path === '' && !name.endsWith('/'))) {
      if (!foreign.has(folder))
        problems.push({
          id: 'zip/top-folders',
          target: name,
          detail: `stands beside the package folder ${top}`,
        });
      foreign.add(folder);
    } else if (path === '') {
      // the package folder itself
    } else if (packed.has(path)) {
      problems.push({
        id: 'zip/duplicate',
        target: path,
        detail: 'two entries have this name; readers differ in which they show',
      });
    } else if (entry.uncompressedSize > limits.fileBytes || total > limits.totalBytes) {
      problems.push({ id: 'zip/size', target: path, detail: 'larger than a package may be' });
    } else {
      packed.set(path, entry);
      entries.push({ path, kind: name.endsWith('/') ? 'folder' : 'file', length: entry.uncompressedSize });
    }
  }
  entries.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { entries, packed };
}

/** A path is measured without the folder around the package; every other rule is for the whole name. */
function unsafe(name: string, path: string): ContainerProblem | undefined {
  const problem = pathFinding(name);
  return problem?.id === 'path/too-long' && path !== '' ? pathFinding(path) : problem;
}

function oddity(entry: Entry, target: string): ContainerProblem | undefined {
  // Upper half of the external attributes is the Unix mode where the archive comes from such a system.
  const type = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (type === 0o120000) return { id: 'path/symlink', target, detail: 'a symbolic link, not a file' };
  if (type !== 0 && type !== 0o100000 && type !== 0o040000) {
    return { id: 'path/device', target, detail: 'a device, pipe or socket, not a file' };
  }
  if (target.endsWith('/') && (entry.compressedSize > 0 || entry.uncompressedSize > 0))
    return { id: 'zip/gap', target, detail: 'a folder with bytes of its own, which no reader shows' };
  if ((entry.generalPurposeBitFlag & 1) !== 0)
    return { id: 'zip/encrypted', target, detail: 'the entry is encrypted' };
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
    return {
      id: 'zip/method',
      target,
      detail: `packed by method ${entry.compressionMethod}, which few readers know`,
    };
  }
  return undefined;
}

async function* unpack(
  handle: FileHandle,
  zip: ZipFile,
  path: string,
  entry: Entry | undefined,
  limits: ZipLimits,
): AsyncIterable<Uint8Array> {
  const lies = (id: string, detail: string) => new UnreadableEntry({ id, target: path, detail });
  if (entry === undefined) throw lies('zip/damaged', 'there is no such entry');
  let bytes = 0;
  let used: number;
  try {
    const packed = await packedBytes(handle, zip, entry);
    for await (const chunk of packed.bytes) {
      bytes += chunk.length;
      if (bytes > entry.uncompressedSize)
        throw lies('zip/lying-size', `unpacks to more than the ${entry.uncompressedSize} bytes stated`);
      if (bytes > limits.ratioFreeBytes && bytes > limits.ratio * entry.compressedSize) {
        throw lies('zip/ratio', `unpacks to more than ${limits.ratio} times its packed size`);
      }
      yield chunk;
    }
    used = packed.used();
  } catch (error) {
    if (error instanceof UnreadableEntry || !isArchiveError(error)) throw error;
    throw lies('zip/damaged', `cannot be unpacked: ${error.message}`);
  }
  if (bytes !== entry.uncompressedSize) {
    throw lies('zip/lying-size', `unpacks to ${bytes} bytes of the ${entry.uncompressedSize} stated`);
  }
  if (used < entry.compressedSize)
    throw lies('zip/gap', `${entry.compressedSize - used} bytes stand behind what unpacks to the file`);
}

/** Bytes of an entry: stored ones straight from the file, as ours all are, others through zlib; and how many packed ones they took. */
async function packedBytes(
  handle: FileHandle,
  zip: ZipFile,
  entry: Entry,
): Promise<{ readonly bytes: AsyncIterable<Uint8Array>; used(): number }> {
  if (entry.compressionMethod !== STORED) {
    // Unvalidated sizes make yauzl give the zlib stream itself: what follows the end of deflate data it drops in silence.
    const inflate = (await zip.openReadStreamPromise(entry)) as InflateRaw;
    return { bytes: inflate, used: () => inflate.bytesWritten };
  }
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
  const bytes = readRange(handle, fileDataStart, fileDataStart + entry.compressedSize);
  return { bytes, used: () => entry.compressedSize };
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
async function openArchive(handle: FileHandle, problems: ContainerProblem[]): Promise<ZipFile | undefined> {
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
    yauzl.fromRandomAccessReader(new HandleReader(handle), end, options, (error, zip) => {
      if (error === null) return resolve(zip);
      if (!isArchiveError(error)) return reject(error);
      problems.push({ id: 'zip/damaged', target: '', detail: error.message });
      resolve(undefined);
    });
  });
}

async function* nothing(): AsyncIterable<Uint8Array> {}

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
