import { createReadStream } from 'node:fs';
import { compressionUndone } from '@dbwitness/shared/evidence/derivation.ts';
import type { CaseStore } from '../case/case-store.ts';
import { type StoredExhibit, vaultFile } from '../case/stored-exhibit.ts';
import { inflate } from './inflate.ts';
import { IMPORT_LIMITS } from './limits.ts';

/** The bytes of an exhibit as the vault has them; those of a derived one are derived again from its parent. */
export async function* vaultChunks(
  store: CaseStore,
  exhibit: StoredExhibit,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (exhibit.parent === undefined) {
    yield* fileChunks(vaultFile(store.folder.vault, exhibit));
    return;
  }
  const parent = store.exhibit(exhibit.parent);
  const compression = compressionUndone(exhibit.derivation ?? '');
  if (compression === undefined)
    throw new Error(`${exhibit.id} was derived in an unknown way: ${exhibit.derivation}`);
  yield* inflate(compression, vaultChunks(store, parent), parent.name);
}

async function* fileChunks(path: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  // A copy of each chunk: the stream's own buffers are pooled, and chunks are handed to other threads.
  for await (const chunk of createReadStream(path, { highWaterMark: IMPORT_LIMITS.chunkBytes }))
    yield new Uint8Array(chunk as Buffer);
}
