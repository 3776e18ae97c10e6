import { pathFinding } from '../verify/checks/path.ts';
import type { ContainerProblem, PackageEntry } from '../verify/package-reader.ts';
import type { ZipEntry } from './zip-entry.ts';

/** Methods of packing (APPNOTE 6.3.10, section 4.4.5). */
export const STORED = 0;
export const DEFLATED = 8;

/** What a reader of archives takes. */
export interface ZipRules {
  /** Methods of packing that it can undo. */
  readonly methods: readonly number[];
  /** Most bytes of one entry, and of all, unpacked. */
  readonly fileBytes: number;
  readonly totalBytes: number;
}

/** Sorts out what is listed: safe entries of the one package folder, and a problem for each of the others. */
export function acceptEntries<E extends ZipEntry>(
  listed: readonly E[],
  rules: ZipRules,
  problems: ContainerProblem[],
): { readonly entries: readonly PackageEntry[]; readonly packed: ReadonlyMap<string, E> } {
  const packed = new Map<string, E>();
  const entries: PackageEntry[] = [];
  const foreign = new Set<string>();
  let top: string | undefined;
  let total = 0;
  for (const entry of listed) {
    const { name, size } = entry;
    const isFolder = name.endsWith('/');
    const plain = isFolder ? name.slice(0, -1) : name;
    const slash = plain.indexOf('/');
    const [folder, path] = slash < 0 ? [plain, ''] : [plain.slice(0, slash), plain.slice(slash + 1)];
    const problem = unsafe(plain, path) ?? oddity(entry, rules);
    if (problem !== undefined) {
      problems.push(problem);
      continue;
    }
    top ??= folder;
    total += size;
    if (folder !== top || (path === '' && !isFolder)) {
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
    } else if (size > rules.fileBytes || total > rules.totalBytes) {
      problems.push({ id: 'zip/size', target: path, detail: 'larger than a package may be' });
    } else {
      packed.set(path, entry);
      entries.push({ path, kind: isFolder ? 'folder' : 'file', length: size });
    }
  }
  return { entries: entries.sort((a, b) => (a.path < b.path ? -1 : 1)), packed };
}

/** A path is measured without the folder around the package; every other rule is for the whole name. */
function unsafe(name: string, path: string): ContainerProblem | undefined {
  const problem = pathFinding(name);
  return problem?.id === 'path/too-long' && path !== '' ? pathFinding(path) : problem;
}

function oddity(entry: ZipEntry, { methods }: ZipRules): ContainerProblem | undefined {
  const target = entry.name;
  // Upper half of the external attributes is the Unix mode where the archive comes from such a system.
  const type = (entry.attributes >>> 16) & 0o170000;
  if (type === 0o120000) return { id: 'path/symlink', target, detail: 'a symbolic link, not a file' };
  if (type !== 0 && type !== 0o100000 && type !== 0o040000)
    return { id: 'path/device', target, detail: 'a device, pipe or socket, not a file' };
  if (target.endsWith('/') && (entry.packedSize > 0 || entry.size > 0))
    return { id: 'zip/gap', target, detail: 'a folder with bytes of its own, which no reader shows' };
  if ((entry.flags & 1) !== 0) return { id: 'zip/encrypted', target, detail: 'the entry is encrypted' };
  if (!methods.includes(entry.method))
    return {
      id: 'zip/method',
      target,
      detail: `packed by method ${entry.method}; entries of a package are stored`,
    };
  if (entry.method === STORED && entry.packedSize !== entry.size)
    return { id: 'zip/lying-size', target, detail: 'a stored entry has two different sizes' };
  return undefined;
}
