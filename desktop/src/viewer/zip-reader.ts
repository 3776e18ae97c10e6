import { pathFinding } from '@dbwitness/shared/evidence/verify/checks/path.ts';
import {
  type ContainerProblem,
  type PackageEntry,
  type PackageReader,
  UnreadableEntry,
} from '@dbwitness/shared/evidence/verify/package-reader.ts';
import { blobChunks } from './blob-chunks.ts';
import { type CentralEntry, readCentralDirectory } from './zip-central.ts';
import { crossCheck } from './zip-cross-check.ts';

/**
 * A package archive. Ours hold stored entries only (EVIDENCE §14), so nothing is ever unpacked here: an entry is a range
 * of the file. Everything that the archive says twice is compared first, because readers differ in which they believe.
 */
export async function openZip(file: Blob): Promise<PackageReader> {
  const problems: ContainerProblem[] = [];
  const directory = await readCentralDirectory(file);
  if (typeof directory === 'string') {
    problems.push({ id: 'zip/damaged', target: '', detail: directory });
    return { container: 'zip', entries: [], problems, open: missing };
  }
  if (directory.after > 0)
    problems.push({ id: 'zip/gap', target: '', detail: `${directory.after} bytes follow the archive` });
  const starts = await crossCheck(file, directory, problems);
  const { entries, packed } = accept(directory.entries, problems);
  return {
    container: 'zip',
    entries,
    problems,
    open(path) {
      const entry = packed.get(path);
      const start = entry && starts.get(entry);
      if (entry === undefined || start === undefined) return missing(path);
      return blobChunks(file.slice(start, start + entry.size));
    },
  };
}

/** Safe entries of the one package folder, and a problem for each of the others. */
function accept(
  listed: readonly CentralEntry[],
  problems: ContainerProblem[],
): { readonly entries: readonly PackageEntry[]; readonly packed: ReadonlyMap<string, CentralEntry> } {
  const packed = new Map<string, CentralEntry>();
  const entries: PackageEntry[] = [];
  let top: string | undefined;
  for (const entry of listed) {
    const folder = entry.name.endsWith('/');
    const plain = folder ? entry.name.slice(0, -1) : entry.name;
    const slash = plain.indexOf('/');
    const [first, path] = slash < 0 ? [plain, ''] : [plain.slice(0, slash), plain.slice(slash + 1)];
    const problem = unsafe(plain, path) ?? oddity(entry);
    if (problem !== undefined) {
      problems.push(problem);
      continue;
    }
    top ??= first;
    if (first !== top || (path === '' && !folder))
      problems.push({
        id: 'zip/top-folders',
        target: entry.name,
        detail: `stands beside the package folder ${top}`,
      });
    else if (path === '') continue;
    else if (packed.has(path))
      problems.push({
        id: 'zip/duplicate',
        target: path,
        detail: 'two entries have this name; readers differ in which they show',
      });
    else {
      packed.set(path, entry);
      entries.push({ path, kind: folder ? 'folder' : 'file', length: entry.size });
    }
  }
  return { entries: entries.sort((a, b) => (a.path < b.path ? -1 : 1)), packed };
}

/** A path is measured without the folder around the package; every other rule is for the whole name. */
function unsafe(name: string, path: string): ContainerProblem | undefined {
  const problem = pathFinding(name);
  return problem?.id === 'path/too-long' && path !== '' ? pathFinding(path) : problem;
}

function oddity(entry: CentralEntry): ContainerProblem | undefined {
  const target = entry.name;
  // Upper half of the external attributes is the Unix mode where the archive comes from such a system.
  const type = (entry.attributes >>> 16) & 0o170000;
  if (type === 0o120000) return { id: 'path/symlink', target, detail: 'a symbolic link, not a file' };
  if (type !== 0 && type !== 0o100000 && type !== 0o040000)
    return { id: 'path/device', target, detail: 'a device, pipe or socket, not a file' };
  if (target.endsWith('/') && (entry.packedSize > 0 || entry.size > 0))
    return { id: 'zip/gap', target, detail: 'a folder with bytes of its own, which no reader shows' };
  if ((entry.flags & 1) !== 0) return { id: 'zip/encrypted', target, detail: 'the entry is encrypted' };
  if (entry.method !== 0)
    return {
      id: 'zip/method',
      target,
      detail: `packed by method ${entry.method}; entries of a package are stored`,
    };
  if (entry.packedSize !== entry.size)
    return { id: 'zip/lying-size', target, detail: 'a stored entry has two different sizes' };
  return undefined;
}

// biome-ignore lint/correctness/useYield: it gives nothing but the reason, when it is read
async function* missing(path: string): AsyncIterable<Uint8Array> {
  throw new UnreadableEntry({ id: 'zip/damaged', target: path, detail: 'there is no such entry' });
}
