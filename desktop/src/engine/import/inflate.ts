import { type Compression, unpack } from '@dbwitness/shared/evidence/derivation.ts';
import type { Unpacked } from '@dbwitness/shared/evidence/unpacked.ts';
import { Decompress } from 'fzstd';
import { EngineError, messageOf } from '../engine-error.ts';
import { IMPORT_LIMITS } from './limits.ts';

/** The compression that the first bytes of a file show (RFC 1952 §2.3.1, RFC 8878 §3.1.1). */
export function compressionOf(head: Uint8Array): Compression | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b && head[2] === 0x08) return 'gzip';
  if (head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd) return 'zstd';
  return undefined;
}

/**
 * The bytes that compressed `chunks` stand for, as they come, and what that came to: of a file that breaks off, all that stands before.
 * Throws an EngineError that names the file and the byte of the compressed file when they are damaged, or grow beyond the caps:
 * sizes in headers are not believed.
 */
export async function* inflate(
  compression: Compression,
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
  name: string,
): AsyncGenerator<Uint8Array<ArrayBuffer>, Unpacked> {
  let taken = 0;
  let given = 0;
  const counted = (async function* () {
    for await (const chunk of chunks) {
      taken += chunk.length;
      yield chunk;
    }
  })();
  let unpacked: Unpacked | undefined;
  const unpacking = (async function* () {
    unpacked = yield* unpack(compression, counted, (take) => new Decompress(take));
  })();
  try {
    for await (const chunk of unpacking) {
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
      if (chunk.length > 0) yield ownBytes(chunk);
    }
    if (unpacked === undefined) throw new Error('the unpacking did not say how it ended');
    return unpacked;
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

/** A copy that nobody else holds: buffers that are used again cannot be handed to another thread. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

/** What an examiner has to know of a file that did not unpack as a whole, with the byte of it; undefined of one that did. */
export function unpackingProblem({ used, given, end }: Unpacked, name: string): UnpackingProblem | undefined {
  if (end === 'whole') return undefined;
  return end === 'cut'
    ? {
        code: 'compressed/cut',
        severity: 'error',
        message: `${name} breaks off at byte ${used}, within its compressed data: ${given} bytes came out before. What lay behind is not known.`,
        byte: used,
      }
    : {
        code: 'compressed/followed',
        severity: 'warning',
        message: `The compressed data of ${name} ends at byte ${used}, and other bytes follow. They were kept and not read.`,
        byte: used,
      };
}

export interface UnpackingProblem {
  readonly code: 'compressed/cut' | 'compressed/followed';
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly byte: number;
}
