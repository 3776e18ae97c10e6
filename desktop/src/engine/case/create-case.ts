import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { NewCase } from '../../host/cases.ts';
import { EngineError, messageOf, systemCode } from '../engine-error.ts';
import { caseFolder } from './case-folder.ts';
import { writeHeader } from './case-header.ts';
import { privateFolder } from './durable-file.ts';

/** Makes the folder of a new case under `casesDir`; returns its name there. Nothing that exists is touched. */
export async function createCase(casesDir: string, params: NewCase, now: Date): Promise<string> {
  const base = slug(params.name);
  try {
    await privateFolder(casesDir);
    for (let attempt = 1; ; attempt++) {
      const ref = attempt === 1 ? base : `${base}-${attempt}`;
      const folder = caseFolder(join(casesDir, ref));
      try {
        await mkdir(folder.root, { mode: 0o700 });
      } catch (error) {
        if (systemCode(error) === 'EEXIST' && attempt < 1000) continue;
        throw error;
      }
      for (const path of [folder.vault, folder.index, folder.custody, folder.incoming, folder.packages])
        await privateFolder(path);
      await writeHeader(folder.header, {
        kind: 'dbwitness-case',
        v: 1,
        id: randomUUID(),
        createdAt: now.toISOString(),
        ...params,
      });
      return ref;
    }
  } catch (error) {
    throw new EngineError('case/cannot-create', `The case could not be made: ${messageOf(error)}`, {
      next: 'Check that the folder of cases may be written to and its disk has room.',
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
