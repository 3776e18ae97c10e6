import { createHash, createPublicKey, verify } from 'node:crypto';
import { spki } from '@dbwitness/shared/evidence/key.ts';
import type { Primitives, VerifySignature } from '@dbwitness/shared/evidence/primitives.ts';
import type { VerifierHost } from '@dbwitness/shared/evidence/verify/verifier-host.ts';
import { derive } from './derive.ts';
import { FileHasher } from './file-hasher.ts';

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

/** Ed25519 by Node; false for a key or signature that is none. */
export const nodeVerify: VerifySignature = (publicKey, message, signature) => {
  try {
    const key = createPublicKey({ key: Buffer.from(spki(publicKey)), format: 'der', type: 'spki' });
    return verify(null, message, key, signature);
  } catch {
    return false; // 32 bytes that are no point of the curve
  }
};

/** Node as the host of the verifier. */
export const nodeHost: VerifierHost = {
  ...nodePrimitives,
  verify: nodeVerify,
  async hashFile(chunks, want) {
    const hasher = new FileHasher(want);
    for await (const chunk of chunks) hasher.update(chunk);
    const { leaves, ...digests } = hasher.finish();
    return want === 'digests' ? digests : { ...digests, leaves };
  },
  derive,
};
