import { pathFinding } from '@dbwitness/shared/evidence/verify/checks/path.ts';
import {
  type ContainerProblem,
  type PackageEntry,
  type PackageReader,
  UnreadableEntry,
} from '@dbwitness/shared/evidence/verify/package-reader.ts';
import { blobChunks } from './blob-chunks.ts';

/** A file with its path below the folder that was picked or dropped, that folder's name left out. */
export interface FolderFile {
  readonly path: string;
  readonly file: File;
}

/** A package folder as the browser lists it. Links and devices never reach a page: the browser leaves them out. */
export function openFolder(files: readonly FolderFile[]): PackageReader {
  const problems: ContainerProblem[] = [];
  const entries: PackageEntry[] = [];
  const byPath = new Map<string, File>();
  for (const { path, file } of files) {
    const problem = pathFinding(path);
    if (problem !== undefined) {
      problems.push(problem);
      continue;
    }
    entries.push({ path, kind: 'file', length: file.size });
    byPath.set(path, file);
  }
  return {
    container: 'folder',
    entries: entries.sort((a, b) => (a.path < b.path ? -1 : 1)),
    problems,
    async *open(path) {
      const file = byPath.get(path);
      if (file === undefined)
        throw new UnreadableEntry({ id: 'payload/missing', target: path, detail: 'there is no such file' });
      yield* blobChunks(file);
    },
  };
}

/** Files of an `<input webkitdirectory>`. */
export function pickedFolder(list: FileList): readonly FolderFile[] {
  return Array.from(list, (file) => ({ path: file.webkitRelativePath.split('/').slice(1).join('/'), file }));
}

/** Files of a dropped folder, however deep. */
export async function droppedFolder(root: FileSystemDirectoryEntry): Promise<readonly FolderFile[]> {
  const found: FolderFile[] = [];
  const walk = async (folder: FileSystemDirectoryEntry, prefix: string): Promise<void> => {
    for (const entry of await listed(folder)) {
      const path = `${prefix}${entry.name}`;
      if (entry.isDirectory) await walk(entry as FileSystemDirectoryEntry, `${path}/`);
      else found.push({ path, file: await fileOf(entry as FileSystemFileEntry) });
    }
  };
  await walk(root, '');
  return found;
}

async function listed(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  // A reader gives a part at each call, and an empty one at the end.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (part.length === 0) return all;
    all.push(...part);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
