import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { EngineError, messageOf } from '../engine-error.ts';
import { unreadable } from '../source-file.ts';
import { IMPORT_LIMITS } from './limits.ts';

/** One thing found under a path that was picked: a file, or why it cannot be one. */
export type Found =
  | { readonly path: string; readonly name: string }
  | { readonly name: string; readonly refused: EngineError };

/**
 * The files under `path`, which may be a file itself, in order of name. Links, devices and pipes are listed as refused:
 * a link in a folder of evidence may lead anywhere.
 */
export async function findFiles(path: string, name = basename(path)): Promise<readonly Found[]> {
  try {
    const stat = await lstat(path);
    if (!stat.isDirectory()) return [{ path, name }];
  } catch (error) {
    return [{ name, refused: unreadable(name, error) }];
  }
  const found: Found[] = [];
  await walk(path, name, 0, found);
  if (found.length === 0)
    found.push({
      name,
      refused: new EngineError('intake/empty-folder', `${name} holds no files.`, { at: { file: name } }),
    });
  return found;
}

async function walk(folder: string, name: string, depth: number, found: Found[]): Promise<void> {
  if (depth > IMPORT_LIMITS.folderDepth) {
    const message = `${name} lies more than ${IMPORT_LIMITS.folderDepth} folders deep.`;
    found.push({ name, refused: new EngineError('intake/too-deep', message, { at: { file: name } }) });
    return;
  }
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    found.push({
      name,
      refused: new EngineError('intake/unreadable', `${name} cannot be listed: ${messageOf(error)}`, {
        at: { file: name },
      }),
    });
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const label = `${name}/${entry.name}`;
    if (found.length >= IMPORT_LIMITS.filesPerFolder) {
      const message = `${name} holds more than ${IMPORT_LIMITS.filesPerFolder} files; those from ${label} on were left out.`;
      found.push({
        name: label,
        refused: new EngineError('intake/too-many-files', message, { at: { file: label } }),
      });
      return;
    }
    if (entry.isDirectory()) await walk(path, label, depth + 1, found);
    // What is no regular file is refused when it is opened, with the reason.
    else found.push({ path, name: label });
  }
}
