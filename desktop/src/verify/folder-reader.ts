import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathFinding } from '@dbwitness/shared/evidence/verify/checks/path.ts';
import {
  type ContainerProblem,
  type PackageEntry,
  type PackageReader,
  UnreadableEntry,
} from '@dbwitness/shared/evidence/verify/package-reader.ts';
import { nodePrimitives } from './node-host.ts';
import { readRange } from './read-range.ts';

/** A package holds a few files an exhibit and two a cited record; far above that is a trap. */
const MAX_ENTRIES = 1_000_000;

/** Opens a package folder: lists it without following anything, and reads plain files only (SECURITY IM-3). */
export async function openFolder(root: string): Promise<PackageReader> {
  const entries: PackageEntry[] = [];
  const problems: ContainerProblem[] = [];
  const seen = new Map<string, Stats>();
  const walk = async (folder: string): Promise<void> => {
    const names = await readdir(join(root, folder), { encoding: 'buffer' });
    for (const name of names) {
      const path = folder === '' ? nameText(name) : `${folder}/${nameText(name)}`;
      const problem = pathFinding(path);
      // A name that is not safe is reported and not opened: every safe name is ASCII, so text and bytes are one.
      if (problem !== undefined) {
        problems.push(problem);
        continue;
      }
      const found = lstatSync(join(root, path));
      const odd = oddity(path, found);
      if (odd !== undefined) problems.push(odd);
      if (found.isDirectory()) {
        entries.push({ path, kind: 'folder', length: 0 });
        await walk(path);
      } else if (found.isFile()) {
        entries.push({ path, kind: 'file', length: found.size });
        seen.set(path, found);
      }
      if (entries.length > MAX_ENTRIES) throw new Error(`the folder holds more than ${MAX_ENTRIES} entries`);
    }
  };
  await walk('');
  entries.sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    container: 'folder',
    entries,
    problems,
    open: (path) => readFile(join(root, path), path, seen.get(path)),
  };
}

/** Up to here a file is read in one go and synchronously: four trips to the thread pool cost more than the reading. */
const AT_ONCE_BYTES = 2 ** 18;

async function* readFile(file: string, path: string, seen: Stats | undefined): AsyncIterable<Uint8Array> {
  // No-follow and the inode seen while listing: a file swapped for a link in between must not be read.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);
  if (seen !== undefined && seen.size <= AT_ONCE_BYTES) {
    const fd = openSync(file, flags);
    try {
      const found = fstatSync(fd);
      refuseOther(path, found, seen);
      const bytes = new Uint8Array(Math.min(found.size, AT_ONCE_BYTES));
      yield bytes.subarray(0, readSync(fd, bytes));
    } finally {
      closeSync(fd);
    }
    return;
  }
  const handle = await open(file, flags);
  try {
    const found = await handle.stat();
    refuseOther(path, found, seen);
    yield* readRange(handle, 0, found.size);
  } finally {
    await handle.close();
  }
}

function refuseOther(target: string, found: Stats, seen: Stats | undefined): void {
  if (found.isFile() && found.ino === seen?.ino) return;
  throw new UnreadableEntry({
    id: 'path/symlink',
    target,
    detail: 'the file was replaced while it was read',
  });
}

function oddity(target: string, found: Stats): ContainerProblem | undefined {
  if (found.isSymbolicLink()) return { id: 'path/symlink', target, detail: 'a symbolic link, not a file' };
  if (found.isDirectory()) return undefined;
  if (!found.isFile()) return { id: 'path/device', target, detail: 'a device, pipe or socket, not a file' };
  const detail = 'the file has another name elsewhere, by which it can be changed';
  return found.nlink > 1 ? { id: 'path/hard-link', target, detail } : undefined;
}

/** A file name as text: UTF-8, or ISO-8859-1 where it is not, which no rule accepts but every message can show. */
function nameText(name: Buffer): string {
  const { utf8, latin1 } = nodePrimitives.text;
  return utf8(name, 0, name.length) ?? latin1(name, 0, name.length);
}
