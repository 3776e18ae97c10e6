import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { EngineError, messageOf, systemCode } from './engine-error.ts';

/** A file of evidence, open for reading only. */
export interface SourceFile {
  readonly handle: FileHandle;
  readonly bytes: number;
  /** Time of last change, RFC 3339. */
  readonly modified: string;
  /** Fails with `intake/changed-while-reading` when the file is not what it was when it was opened (EVIDENCE §2). */
  assertUnchanged(read: number): Promise<void>;
  close(): Promise<void>;
}

/** Opens evidence: regular files only, links not followed, and no open that waits for the other end of a FIFO. */
export async function openSource(path: string, name: string): Promise<SourceFile> {
  let handle: FileHandle;
  try {
    const before = await lstat(path, { bigint: true });
    if (!before.isFile()) throw notAFile(name, before);
    handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw unreadable(name, error);
  }
  const opened = await handle.stat({ bigint: true });
  if (!opened.isFile()) {
    await handle.close();
    throw notAFile(name, opened);
  }
  return {
    handle,
    bytes: Number(opened.size),
    modified: opened.mtime.toISOString(),
    async assertUnchanged(read) {
      const now = await handle.stat({ bigint: true });
      const named = await lstat(path, { bigint: true }).catch(() => undefined);
      const what =
        now.size !== opened.size || BigInt(read) !== opened.size
          ? `its size went from ${opened.size} to ${now.size} bytes, and ${read} were read`
          : now.mtimeNs !== opened.mtimeNs
            ? 'it was written to'
            : named?.ino !== opened.ino || named.dev !== opened.dev
              ? 'another file took its place'
              : undefined;
      if (what === undefined) return;
      throw new EngineError('intake/changed-while-reading', `${name} changed while it was read: ${what}.`, {
        next: 'Stop the program that writes to it, or import a copy that nothing writes to. Nothing of it was kept.',
        at: { file: name, byte: read },
      });
    },
    close: () => handle.close(),
  };
}

function notAFile(name: string, stat: BigIntStats): EngineError {
  const kind = stat.isSymbolicLink()
    ? 'a symbolic link'
    : stat.isDirectory()
      ? 'a folder'
      : stat.isFIFO()
        ? 'a FIFO'
        : stat.isSocket()
          ? 'a socket'
          : 'a device';
  return new EngineError('intake/not-a-file', `${name} is ${kind}, not a regular file.`, {
    next: 'Import the file itself.',
    at: { file: name },
  });
}

/** Why a path could not be opened or read, in words. */
export function unreadable(name: string, error: unknown, byte?: number): EngineError {
  const code = systemCode(error);
  const at = { file: name, ...(byte === undefined ? {} : { byte }) };
  if (code === 'ENOENT')
    return new EngineError('intake/missing', `${name} is not there.`, {
      next: 'Check the name and whether the disk is mounted.',
      at,
    });
  if (code === 'EACCES' || code === 'EPERM')
    return new EngineError('intake/no-permission', `${name} may not be read by this account.`, {
      next: 'Have its owner allow reading, or import a copy.',
      at,
    });
  if (code === 'ELOOP')
    return new EngineError('intake/not-a-file', `${name} is a symbolic link, not a regular file.`, { at });
  return new EngineError(
    'intake/unreadable',
    `${name} cannot be read${byte === undefined ? '' : ` at byte ${byte}`}: ${messageOf(error)}`,
    { at },
  );
}
