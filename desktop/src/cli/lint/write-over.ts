import { randomUUID } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { EngineError, messageOf, systemCode } from '../../engine/engine-error.ts';

/**
 * Puts a new text in the place of a file, whole or not at all; the file keeps its rights, a link to it stays a link.
 * Where that cannot be, fails with `rules/unwritable` and leaves the file as it is.
 */
export async function writeOver(link: string, text: string): Promise<void> {
  try {
    await replace(link, text);
  } catch (error) {
    const why = WHY[systemCode(error) ?? ''] ?? messageOf(error);
    throw new EngineError('rules/unwritable', `${link} is left as it is: ${why}.`, { at: { file: link } });
  }
}

const WHY: Readonly<Record<string, string>> = {
  EACCES: 'this account may not write to its folder',
  EPERM: 'this account may not write to its folder',
  EROFS: 'its disk is read-only',
  ENOSPC: 'the disk is full',
};

async function replace(link: string, text: string): Promise<void> {
  const path = await realpath(link);
  const { mode } = await stat(path);
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  try {
    const file = await open(temporary, 'wx', mode & 0o777);
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Why a file was not written; anything else that was thrown is thrown on. */
export function refusalOf(thrown: unknown): EngineError {
  if (thrown instanceof EngineError) return thrown;
  throw thrown;
}
