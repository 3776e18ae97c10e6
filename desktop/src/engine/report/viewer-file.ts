import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DIST } from '../../product/locations.ts';
import { systemCode } from '../engine-error.ts';

/** The viewer of this release, that goes into every package; undefined where it was not built. */
export async function releasedViewer(): Promise<string | undefined> {
  try {
    return await readFile(join(DIST, 'viewer.html'), 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
