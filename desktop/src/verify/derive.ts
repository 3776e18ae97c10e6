import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { unzstd } from '@dbwitness/shared/evidence/zstd/unzstd.ts';
import { Decompress } from 'fzstd';

type Derive = (parent: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

/** How derived exhibits are made again from their parents (EVIDENCE §2): the name that the item file gives, and the way. */
const DERIVATIONS: Readonly<Record<string, Derive>> = {
  async *gunzip(parent) {
    const source = Readable.from(copies(parent));
    const gunzip = createGunzip();
    source.on('error', (error) => gunzip.destroy(error));
    source.pipe(gunzip);
    try {
      for await (const chunk of gunzip) yield chunk as Uint8Array;
    } finally {
      source.destroy();
      gunzip.destroy();
    }
  },
  unzstd: (parent) => unzstd(parent, (take) => new Decompress(take)),
};

/** Bytes of a derived exhibit, or undefined for a derivation that this version does not know. */
export function derive(
  derivation: string,
  parent: AsyncIterable<Uint8Array>,
): AsyncIterable<Uint8Array> | undefined {
  return Object.hasOwn(DERIVATIONS, derivation) ? DERIVATIONS[derivation]?.(parent) : undefined;
}

/** Chunks that wait in a stream outlive the reader's next one, and readers use their buffers again. */
export async function* copies(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}
