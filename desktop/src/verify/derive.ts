import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
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
  async *unzstd(parent) {
    const ready: Uint8Array[] = [];
    const stream = new Decompress((bytes) => ready.push(bytes));
    for await (const chunk of parent) {
      stream.push(new Uint8Array(chunk));
      yield* ready.splice(0);
    }
    stream.push(new Uint8Array(0), true);
    yield* ready.splice(0);
  },
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
