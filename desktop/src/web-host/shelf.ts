import { rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Engine } from '../engine/engine.ts';
import type { Shelf } from './transfers.ts';

/** Where a page's uploads wait for their import, and the sealed packages that it may fetch. */
export function shelfOf(engine: Engine): Shelf {
  return {
    uploads: uploadsOf(engine),
    register: async (path, name) => ({
      id: engine.files.add(path, name),
      name,
      bytes: (await stat(path)).size,
    }),
    resolve: (ref) => {
      const opened = engine.context.current();
      const path = engine.files.find(ref);
      // Of all files that have a handle, only the open case's own packages may be fetched.
      return opened === undefined || path === undefined || dirname(path) !== opened.store.folder.packages
        ? undefined
        : path;
    },
  };
}

/** What was imported stands in a vault, what was not was not wanted: nothing of the uploads stays behind. */
export async function clearUploads(engine: Engine): Promise<void> {
  await rm(uploadsOf(engine), { recursive: true, force: true });
}

function uploadsOf(engine: Engine): string {
  return join(engine.context.profileDir, 'uploads');
}
