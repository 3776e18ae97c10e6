import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from '../case/durable-file.ts';
import type { PackageFile } from './package-file.ts';

/** A disk syncs several small files at a time in little more than it takes for one, and a package has two for each cited record. */
const WRITERS = 32;

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
    const waiting = [...files];
    const writer = async () => {
      for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
        signal?.throwIfAborted();
        await writeSynced(join(partial, file.path), file, signal);
      }
    };
    await allSettledOrThrow(Array.from({ length: WRITERS }, writer));
    for (const folder of folders) await syncFolder(folder);
    await rename(partial, target);
    await syncFolder(dirname(target));
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

/** Every promise ends before the first failure is thrown: nobody writes into a folder that is being taken away. */
async function allSettledOrThrow(promises: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(promises))
    if (result.status === 'rejected') throw result.reason;
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
