import { randomUUID } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { NewCase } from '../../host/cases.ts';
import { EngineError, messageOf, systemCode } from '../engine-error.ts';
import { caseFolder } from './case-folder.ts';
import { writeHeader } from './case-header.ts';
import { privateFolder } from './durable-file.ts';

/** Makes the folder of a new case under `casesDir`; returns its name there. Nothing that exists is touched. */
export async function createCase(
  casesDir: string,
  { folder, ...header }: NewCase,
  now: Date,
): Promise<string> {
  try {
    await privateFolder(casesDir);
    const ref = folder ?? (await freeFolder(casesDir, header.name));
    const { root, header: file, vault, index, custody, incoming, packages } = caseFolder(join(casesDir, ref));
    if (folder !== undefined) await emptyFolder(root);
    for (const path of [vault, index, custody, incoming, packages]) await privateFolder(path);
    await writeHeader(file, {
      kind: 'dbwitness-case',
      v: 1,
      id: randomUUID(),
      createdAt: now.toISOString(),
      ...header,
    });
    return ref;
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError('case/cannot-create', `The case could not be made: ${messageOf(error)}`, {
      next: 'Check that the folder of cases may be written to and its disk has room.',
    });
  }
}

/** Makes a folder of a new name, after the case's. */
async function freeFolder(casesDir: string, name: string): Promise<string> {
  const base = slug(name);
  for (let attempt = 1; ; attempt++) {
    const ref = attempt === 1 ? base : `${base}-${attempt}`;
    try {
      await mkdir(join(casesDir, ref), { mode: 0o700 });
      return ref;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST' || attempt === 1000) throw error;
    }
  }
}

/** Makes the folder, or takes one that holds no file: an empty one, or what a crash left of making a case there. */
async function emptyFolder(root: string): Promise<void> {
  await privateFolder(root);
  for (const entry of await readdir(root, { withFileTypes: true, recursive: true })) {
    if (entry.isDirectory() || entry.name.startsWith('.case.json.')) continue;
    throw new EngineError('case/folder-not-empty', 'The folder holds files, and they are no case.', {
      next: 'Name a new folder for the case, or one that is empty.',
    });
  }
}

/** A folder name for a case name: what every file system takes. */
function slug(name: string): string {
  const safe = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, 80);
  return safe === '' ? 'case' : safe;
}
