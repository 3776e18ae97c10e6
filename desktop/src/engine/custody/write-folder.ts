import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from '../case/durable-file.ts';
import type { PackageFile } from './package-file.ts';

/**
 * Writes files into a folder that appears whole or not at all: a hidden folder beside it, everything synced, then renamed.
 * On any failure nothing is left.
 */
export async function writeFolder(
  target: string,
  files: readonly PackageFile[],
  signal?: AbortSignal,
): Promise<void> {
  const partial = `${target}.partial`;
  await rm(partial, { recursive: true, force: true });
  try {
    const folders = new Set([partial, ...files.map(({ path }) => dirname(join(partial, path)))]);
    for (const folder of folders) await mkdir(folder, { recursive: true, mode: 0o755 });
    for (const file of files) {
      signal?.throwIfAborted();
      await writeSynced(join(partial, file.path), file, signal);
    }
    for (const folder of folders) await syncFolder(folder);
    await rename(partial, target);
    await syncFolder(dirname(target));
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

async function writeSynced(path: string, file: PackageFile, signal: AbortSignal | undefined): Promise<void> {
  const handle = await open(path, 'wx', 0o644);
  try {
    for await (const chunk of file.bytes()) {
      signal?.throwIfAborted();
      await handle.writeFile(chunk);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}
