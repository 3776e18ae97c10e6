import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exhibit } from '../../host/evidence.ts';

/** What `index/E001.item.json` holds: the exhibit as it is shown, but for its source's clock offset, and its reading. */
export interface StoredExhibit extends Omit<Exhibit, 'offsetMs'> {
  /** The original name's bytes in base 64, when they are not UTF-8 (EVIDENCE §2). */
  readonly nameBytes?: string;
  /** Time of last change as the file system told it, RFC 3339. */
  readonly modified: string;
  readonly providerDigestGiven?: string;
  /** What the examiner said about reading it, and what was recognised: enough to read it again to the same records. */
  readonly reading: {
    readonly linePrefix?: string;
    readonly encoding?: 'latin1' | 'cp1252';
    readonly forced: boolean;
  };
}

/** Number of an exhibit id: 12 of `E012` and `E012.1`. */
export function exhibitNumber(id: string): number {
  return Number.parseInt(id.slice(1), 10);
}

export function exhibitId(number: number): string {
  return `E${String(number).padStart(3, '0')}`;
}

/** Every exhibit in the index, in order of number. */
export async function readExhibits(index: string): Promise<readonly StoredExhibit[]> {
  const names = (await readdir(index)).filter((name) => /^E\d+(\.\d+)?\.item\.json$/.test(name));
  const exhibits = await Promise.all(
    names.map(async (name) => JSON.parse(await readFile(join(index, name), 'utf8')) as StoredExhibit),
  );
  return exhibits.sort((a, b) => exhibitNumber(a.id) - exhibitNumber(b.id) || (a.id < b.id ? -1 : 1));
}

/** The vault's file of an exhibit: under its number, named by its content. Derived exhibits have none. */
export function vaultFile(vault: string, exhibit: { readonly id: string; readonly sha256: string }): string {
  return join(vault, exhibit.id, exhibit.sha256);
}
