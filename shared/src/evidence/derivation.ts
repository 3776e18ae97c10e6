import { gunzip } from './gzip/gunzip.ts';
import type { Unpacked, Unpacking } from './unpacked.ts';
import { type OpenFrame, unzstd } from './zstd/unzstd.ts';

export type Compression = 'gzip' | 'zstd';

const METHODS: Readonly<Record<Compression, string>> = { gzip: 'gunzip', zstd: 'unzstd' };

/** Unpacks what is compressed so; `openFrame` unpacks frames of zstd. */
export function unpack(
  compression: Compression,
  chunks: AsyncIterable<Uint8Array>,
  openFrame: OpenFrame,
): Unpacking {
  return compression === 'gzip' ? gunzip(chunks) : unzstd(chunks, openFrame);
}

/**
 * How a derived exhibit comes from its parent, in the words of its item file: `gunzip`, or, of a file that breaks off or is followed by
 * other bytes, `gunzip-prefix:<bytes of the parent that were used>:<bytes that came out>`.
 */
export function derivationName(compression: Compression, { used, given, end }: Unpacked): string {
  const method = METHODS[compression];
  return end === 'whole' ? method : `${method}-prefix:${used}:${given}`;
}

const FORM = /^(\w+?)(?:-prefix:(\d+):(\d+))?$/;

/** The compression that a derivation undoes; undefined for one that this version does not know. */
export function compressionUndone(derivation: string): Compression | undefined {
  const method = FORM.exec(derivation)?.[1];
  return (['gzip', 'zstd'] as const).find((compression) => METHODS[compression] === method);
}

/** Bytes of the parent that a derivation used, where the file breaks off or other bytes follow; undefined of a whole one. */
export function prefixUsed(derivation: string): number | undefined {
  const used = FORM.exec(derivation)?.[2];
  return used === undefined ? undefined : Number(used);
}

/**
 * Bytes of a derived exhibit made again from its parent's; undefined for a derivation that this version does not know. Throws where the
 * parent does not unpack to just as much as the derivation says: what breaks off elsewhere, or not at all, is another file.
 */
export function derive(
  derivation: string,
  parent: AsyncIterable<Uint8Array>,
  openFrame: OpenFrame,
): AsyncIterable<Uint8Array> | undefined {
  const compression = compressionUndone(derivation);
  return compression === undefined ? undefined : checked(compression, derivation, parent, openFrame);
}

async function* checked(
  compression: Compression,
  derivation: string,
  parent: AsyncIterable<Uint8Array>,
  openFrame: OpenFrame,
): AsyncIterable<Uint8Array> {
  const unpacked = yield* unpack(compression, parent, openFrame);
  const actual = derivationName(compression, unpacked);
  if (actual !== derivation) throw new Error(`what comes out is ${actual}`);
}
