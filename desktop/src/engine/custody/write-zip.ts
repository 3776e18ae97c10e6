import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { byPath } from '@dbwitness/shared/evidence/path-name.ts';
import yazl from 'yazl';
import { copies } from '../../verify/copies.ts';
import { syncFolder } from '../case/durable-file.ts';
import type { PackageFile } from './package-file.ts';

/**
 * Writes files into a zip with one top folder, the same bytes for the same files everywhere (EVIDENCE §14): byte order of path,
 * mode 0644, stored because deflate output varies with the zlib build, and one fixed DOS time. yazl writes local time, so the fixed
 * time is made from local parts. Appears whole or not at all.
 */
export async function writeZip(
  target: string,
  top: string,
  files: readonly PackageFile[],
  signal?: AbortSignal,
): Promise<void> {
  const partial = `${target}.partial`;
  const options = { mtime: new Date(1980, 0, 1), mode: 0o100644, compress: false, forceDosTimestamp: true };
  const zip = new yazl.ZipFile();
  for (const file of [...files].sort((a, b) => byPath(a.path, b.path))) {
    // Opened only when its turn comes: a package may hold more files than a process may open.
    zip.addReadStreamLazy(`${top}/${file.path}`, { ...options, size: file.length }, (give) => {
      give(undefined, Readable.from(copies(file.bytes())));
    });
  }
  zip.end();
  try {
    await pipeline(
      zip.outputStream,
      createWriteStream(partial, { mode: 0o644 }),
      ...(signal === undefined ? [] : [{ signal }]),
    );
    const handle = await open(partial, 'r+');
    await handle.sync();
    await handle.close();
    await rename(partial, target);
    await syncFolder(dirname(target));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
