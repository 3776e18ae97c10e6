import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { derive } from '@dbwitness/shared/evidence/derivation.ts';
import { spki } from '@dbwitness/shared/evidence/key.ts';
import type { Primitives, VerifySignature } from '@dbwitness/shared/evidence/primitives.ts';
import type { VerifierHost } from '@dbwitness/shared/evidence/verify/verifier-host.ts';
import { Decompress } from 'fzstd';
import { FileHasher, Sha256Hasher } from './file-hasher.ts';
import { Sha512Thread } from './sha512-thread.ts';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** Node's text and SHA-256 as evidence code is handed them. */
export const nodePrimitives: Primitives = {
  text: {
    utf8(bytes, from, to) {
      try {
        return strict.decode(bytes.subarray(from, to));
      } catch {
        return undefined; // outside bytes that are not UTF-8
      }
    },
    latin1: (bytes, from, to) =>
      Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1'),
    encode: (text) => encoder.encode(text),
  },
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
};

/** Keys as Node has them: making one takes a good part of what checking a signature does. */
const keyObjects = new WeakMap<Uint8Array, KeyObject>();

/** Ed25519 by Node; false for a key or signature that is none. */
export const nodeVerify: VerifySignature = (publicKey, message, signature) => {
  try {
    const key =
      keyObjects.get(publicKey) ??
      createPublicKey({ key: Buffer.from(spki(publicKey)), format: 'der', type: 'spki' });
    keyObjects.set(publicKey, key);
    return verify(null, message, key, signature);
  } catch {
    return false; // 32 bytes that are no point of the curve
  }
};

const deriveAgain: NonNullable<VerifierHost['derive']> = (derivation, parent) =>
  derive(derivation, parent, (take) => new Decompress(take));

/** Files from this length on are worth a second core. */
const LARGE_BYTES = 2 ** 24;

/** Lets `use` have Node as the host of the verifier, with a thread for large files that ends with it. */
export async function withNodeHost<T>(use: (host: VerifierHost) => Promise<T>): Promise<T> {
  let thread: Sha512Thread | undefined;
  const hashFile: VerifierHost['hashFile'] = async (chunks, want, length) => {
    if (length < LARGE_BYTES) {
      const hasher = new FileHasher(want);
      for await (const chunk of chunks) hasher.update(chunk);
      return hasher.finish();
    }
    thread ??= new Sha512Thread();
    const hasher = new Sha256Hasher(want);
    try {
      for await (const chunk of chunks) {
        // The thread has its copy first and works while this core does the rest.
        const room = thread.update(chunk);
        hasher.update(chunk);
        await room;
      }
      return { ...hasher.finish(), sha512: await thread.digest() };
    } catch (error) {
      // The thread is in the middle of this file: the next one gets another.
      await thread.close();
      thread = undefined;
      throw error;
    }
  };
  try {
    return await use({ ...nodePrimitives, verify: nodeVerify, hashFile, derive: deriveAgain });
  } finally {
    await thread?.close();
  }
}
