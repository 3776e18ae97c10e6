import { type ItemFile, readItem } from '@dbwitness/shared/evidence/item.ts';
import { type RecordProof, readRecordProof } from '@dbwitness/shared/evidence/record-proof.ts';
import type { PackageReader } from '@dbwitness/shared/evidence/verify/package-reader.ts';
import { browserHost } from './browser-host.ts';

/** Structured files are shown up to this length. */
const MAX_SHOWN_BYTES = 128 * 2 ** 20;

/** What the pages read of a package after it was verified. */
export class PackageFiles {
  readonly reader: PackageReader;
  readonly items: ReadonlyMap<string, ItemFile>;

  private constructor(reader: PackageReader, items: ReadonlyMap<string, ItemFile>) {
    this.reader = reader;
    this.items = items;
  }

  static async open(reader: PackageReader): Promise<PackageFiles> {
    const found: ItemFile[] = [];
    const items = new Map<string, ItemFile>();
    const files = new PackageFiles(reader, items);
    for (const path of files.paths('data/index/', '.item.json')) {
      const item = readItem((await files.text(path)) ?? '');
      if (item !== undefined) found.push(item);
    }
    // By id, so that what was derived follows what it came from.
    for (const item of found.sort((a, b) => (a.exhibit < b.exhibit ? -1 : 1))) items.set(item.exhibit, item);
    return files;
  }

  has(path: string): boolean {
    return this.reader.entries.some((entry) => entry.path === path);
  }

  paths(folder: string, ending: string): readonly string[] {
    return this.reader.entries
      .filter(
        (entry) => entry.kind === 'file' && entry.path.startsWith(folder) && entry.path.endsWith(ending),
      )
      .map((entry) => entry.path);
  }

  /** A structured file as text; undefined when it is not there, too large, or not UTF-8. */
  async text(path: string): Promise<string | undefined> {
    const entry = this.reader.entries.find((one) => one.path === path);
    if (entry === undefined || entry.length > MAX_SHOWN_BYTES) return undefined;
    try {
      const bytes = await gathered(this.reader.open(path), 0, entry.length);
      return browserHost.text.utf8(bytes, 0, bytes.length);
    } catch {
      return undefined; // the checks name what the container would not give
    }
  }

  async proofs(): Promise<readonly { readonly path: string; readonly proof: RecordProof | undefined }[]> {
    const found = [];
    for (const path of this.paths('data/proofs/', '.json'))
      found.push({ path, proof: readRecordProof((await this.text(path)) ?? '') });
    return found;
  }

  /** Bytes `[from, to)` of an exhibit, derived again where it is a derived one; undefined where they cannot be had. */
  async bytes(exhibit: string, from: number, to: number): Promise<Uint8Array | undefined> {
    const chunks = this.#chunks(exhibit, 0);
    return chunks === undefined ? undefined : gathered(chunks, from, to);
  }

  #chunks(exhibit: string, depth: number): AsyncIterable<Uint8Array> | undefined {
    const item = this.items.get(exhibit);
    if (item === undefined || depth > 4) return undefined;
    if (item.path !== undefined) return this.has(item.path) ? this.reader.open(item.path) : undefined;
    const parent = item.derived && this.#chunks(item.derived.parent, depth + 1);
    return parent === undefined || item.derived === undefined
      ? undefined
      : browserHost.derive?.(item.derived.derivation, parent);
  }
}

async function gathered(chunks: AsyncIterable<Uint8Array>, from: number, to: number): Promise<Uint8Array> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let at = 0;
  for await (const chunk of chunks) {
    const end = at + chunk.length;
    if (end > from)
      parts.push(new Uint8Array(chunk.subarray(Math.max(0, from - at), Math.min(chunk.length, to - at))));
    at = end;
    if (at >= to) break;
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
