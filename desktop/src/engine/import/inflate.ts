import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { unzstd } from '@dbwitness/shared/evidence/zstd/unzstd.ts';
import { Decompress } from 'fzstd';
import { EngineError, messageOf } from '../engine-error.ts';
import { IMPORT_LIMITS } from './limits.ts';

export type Compression = 'gzip' | 'zstd';

/** The compression that the first bytes of a file show (RFC 1952 §2.3.1, RFC 8878 §3.1.1). */
export function compressionOf(head: Uint8Array): Compression | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b && head[2] === 0x08) return 'gzip';
  if (head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd) return 'zstd';
  return undefined;
}

/** How a derived exhibit comes from its parent: the verifier does it again. */
export const DERIVATIONS: Readonly<Record<Compression, string>> = { gzip: 'gunzip', zstd: 'unzstd' };

/**
 * The bytes that compressed `chunks` stand for, as they come. Throws an EngineError that names the file and the byte of the
 * compressed file when they are cut or damaged, or grow beyond the caps: sizes in headers are not believed.
 */
export async function* inflate(
  compression: Compression,
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
  name: string,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let taken = 0;
  let given = 0;
  const counted = (async function* () {
    for await (const chunk of chunks) {
      taken += chunk.length;
      yield chunk;
    }
  })();
  try {
    for await (const chunk of compression === 'gzip' ? gunzip(counted) : inflateZstd(counted)) {
      given += chunk.length;
      if (
        given > IMPORT_LIMITS.inflatedBytes ||
        given > IMPORT_LIMITS.inflateRatio * taken + IMPORT_LIMITS.sampleBytes
      ) {
        throw new EngineError(
          'compressed/too-large',
          `${name} grows to more than ${given} bytes from its first ${taken}: more than a log does.`,
          {
            next: 'If it is what it seems, decompress it yourself and import the result.',
            at: { file: name, byte: taken },
          },
        );
      }
      yield chunk;
    }
  } catch (error) {
    if (error instanceof EngineError) throw error;
    if (error instanceof Error && error.name === 'AbortError') throw error;
    throw new EngineError(
      'compressed/damaged',
      `${name} cannot be decompressed beyond byte ${taken}: ${messageOf(error)}. ${given} bytes came out before.`,
      { next: 'Ask for the file again; the bytes as acquired are kept.', at: { file: name, byte: taken } },
    );
  }
}

async function* gunzip(
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const source = Readable.from(chunks);
  const stream = createGunzip({ chunkSize: 256 * 1024 });
  // A failure of the source must end the inflating side too, or reading it would wait for ever.
  source.on('error', (error) => stream.destroy(error));
  source.pipe(stream);
  try {
    for await (const chunk of stream) yield ownBytes(chunk as Uint8Array);
  } finally {
    source.destroy();
    stream.destroy();
  }
}

async function* inflateZstd(
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const bytes of unzstd(chunks, (take) => new Decompress(take)))
    if (bytes.length > 0) yield ownBytes(bytes);
}

/** A copy that nobody else holds: pooled buffers cannot be handed to another thread. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
