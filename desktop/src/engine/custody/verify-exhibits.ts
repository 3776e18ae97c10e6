import type { CallOptions } from '../../host/request.ts';
import type { CaseStore } from '../case/case-store.ts';
import type { StoredExhibit } from '../case/stored-exhibit.ts';
import { messageOf } from '../engine-error.ts';
import { evenChunks } from '../import/even-chunks.ts';
import { ExhibitHash } from '../import/exhibit-hash.ts';
import { IMPORT_LIMITS } from '../import/limits.ts';
import { vaultChunks } from '../import/vault-chunks.ts';

export interface ExhibitCheck {
  readonly exhibit: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Hashes every exhibit again and compares with its digests at intake; each check is an entry of the ledger. */
export async function verifyExhibits(
  store: CaseStore,
  { signal, onProgress }: CallOptions = {},
): Promise<readonly ExhibitCheck[]> {
  const checks: ExhibitCheck[] = [];
  const total = store.exhibits.reduce((sum, exhibit) => sum + exhibit.bytes, 0);
  let done = 0;
  for (const exhibit of store.exhibits) {
    const check = await verifyExhibit(store, exhibit, (bytes) => {
      signal?.throwIfAborted();
      done += bytes;
      onProgress?.({ phase: 'verify', done, total, unit: 'bytes', subject: exhibit.id });
    });
    const { bytes: length, sha256, sha512 } = exhibit;
    await store.ledger.append(
      'exhibit.verify',
      { length, sha256, sha512, result: check.ok ? 'unchanged' : check.detail },
      [exhibit.id],
    );
    checks.push(check);
  }
  return checks;
}

async function verifyExhibit(
  store: CaseStore,
  exhibit: StoredExhibit,
  progress: (bytes: number) => void,
): Promise<ExhibitCheck> {
  const failed = (detail: string): ExhibitCheck => ({ exhibit: exhibit.id, ok: false, detail });
  const hash = new ExhibitHash();
  try {
    for await (const chunk of evenChunks(vaultChunks(store, exhibit), IMPORT_LIMITS.chunkBytes)) {
      hash.update(chunk);
      progress(chunk.length);
    }
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error;
    return failed(`its bytes cannot be read: ${messageOf(error)}`);
  }
  const now = hash.digests();
  if (now.length !== exhibit.bytes)
    return failed(`it has ${now.length} bytes, and had ${exhibit.bytes} at intake`);
  if (now.sha256 !== exhibit.sha256 || now.sha512 !== exhibit.sha512)
    return failed('its bytes are not those of the intake');
  if (now.blocksRoot !== exhibit.blocksRoot) return failed('its block tree is not that of the intake');
  return { exhibit: exhibit.id, ok: true, detail: `${now.length} bytes, unchanged since intake` };
}
