import { unzstd } from '@dbwitness/shared/evidence/zstd/unzstd.ts';
import { Decompress } from 'fzstd';

type Derive = (parent: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

/** How derived exhibits are made again from their parents, by the name that the item file gives. */
const DERIVATIONS: ReadonlyMap<string, Derive> = new Map<string, Derive>([
  ['gunzip', gunzip],
  ['unzstd', (parent) => unzstd(parent, (take) => new Decompress(take))],
]);

/** Bytes of a derived exhibit, or undefined for a derivation that this version does not know. */
export function derive(
  derivation: string,
  parent: AsyncIterable<Uint8Array>,
): AsyncIterable<Uint8Array> | undefined {
  return DERIVATIONS.get(derivation)?.(parent);
}

async function* gunzip(parent: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const iterator = parent[Symbol.asyncIterator]();
  const packed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done === true) controller.close();
      else controller.enqueue(new Uint8Array(next.value));
    },
  });
  const reader = packed.pipeThrough(new DecompressionStream('gzip')).getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}
