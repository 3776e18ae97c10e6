import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { CaseStore } from '../case/case-store.ts';
import { type StoredExhibit, vaultFile } from '../case/stored-exhibit.ts';
import { vaultChunks } from '../import/vault-chunks.ts';

/** Bytes `[from, to)` of an exhibit, as far as it has them, read from the vault. */
export async function exhibitBytes(
  store: CaseStore,
  exhibit: StoredExhibit,
  from: number,
  to: number,
): Promise<Uint8Array> {
  const path =
    exhibit.parent === undefined ? vaultFile(store.folder.vault, exhibit) : await inflated(store, exhibit);
  const length = Math.max(0, Math.min(to, exhibit.bytes) - from);
  const bytes = new Uint8Array(length);
  const file = await open(path, 'r');
  try {
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await file.read(bytes, filled, length - filled, from + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    await file.close();
  }
}

const inflating = new WeakMap<CaseStore, Map<string, Promise<string>>>();

/** A derived exhibit's bytes as a file in the case's temp folder: made once while the case is open, gone with it. */
function inflated(store: CaseStore, exhibit: StoredExhibit): Promise<string> {
  let known = inflating.get(store);
  if (known === undefined) {
    known = new Map();
    inflating.set(store, known);
  }
  let made = known.get(exhibit.id);
  if (made === undefined) {
    made = inflate(store, exhibit);
    known.set(exhibit.id, made);
    const forget = known;
    made.catch(() => forget.delete(exhibit.id));
  }
  return made;
}

async function inflate(store: CaseStore, exhibit: StoredExhibit): Promise<string> {
  const path = join(store.folder.temp, `${exhibit.sha256}.bytes`);
  try {
    await access(path);
    return path;
  } catch {
    // Not there yet.
  }
  const part = join(store.folder.temp, randomUUID());
  await pipeline(
    Readable.from(vaultChunks(store, exhibit)),
    createWriteStream(part, { mode: 0o600, flags: 'wx' }),
  );
  await rename(part, path);
  return path;
}
