import { derive } from '@dbwitness/shared/evidence/derivation.ts';
import { toHex } from '@dbwitness/shared/evidence/encoding.ts';
import { BLOCK_BYTES, HASH_BYTES } from '@dbwitness/shared/evidence/merkle.ts';
import type { VerifySignature } from '@dbwitness/shared/evidence/primitives.ts';
import type { FileHashes, VerifierHost } from '@dbwitness/shared/evidence/verify/verifier-host.ts';
import { Decompress } from 'fzstd';
import { sha256 } from './sha256.ts';

/** WebCrypto digests whole buffers only: above this length a file is checked by its block tree alone. */
const MAX_WHOLE_BYTES = 512 * 2 ** 20;
/** Blocks that are hashed at once. */
const BATCH = 64;

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const latin = new TextDecoder('latin1');
const encoder = new TextEncoder();

/** Ed25519 by the browser; undefined where it has none, which the verifier never reads as success. */
export const browserVerify: VerifySignature = async (publicKey, message, signature) => {
  let key: CryptoKey;
  try {
    key = await crypto.subtle.importKey('raw', new Uint8Array(publicKey), 'Ed25519', false, ['verify']);
  } catch (error) {
    // No such algorithm here, or 32 bytes that are no point of the curve.
    return error instanceof DOMException && error.name === 'NotSupportedError' ? undefined : false;
  }
  return crypto.subtle.verify('Ed25519', key, new Uint8Array(signature), new Uint8Array(message));
};

/** The browser as the host of the verifier. */
export const browserHost: VerifierHost = {
  text: {
    utf8(bytes, from, to) {
      try {
        return strict.decode(bytes.subarray(from, to));
      } catch {
        return undefined; // outside bytes that are not UTF-8
      }
    },
    latin1: (bytes, from, to) => latin.decode(bytes.subarray(from, to)),
    encode: (text) => encoder.encode(text),
  },
  sha256,
  verify: browserVerify,
  hashFile,
  derive: (derivation, parent) => derive(derivation, parent, (take) => new Decompress(take)),
};

async function hashFile(
  chunks: AsyncIterable<Uint8Array>,
  want: 'digests' | 'digests and leaves',
): Promise<FileHashes> {
  let length = 0;
  let whole: Uint8Array<ArrayBuffer>[] | undefined = [];
  const leaves = new LeafHasher();
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > MAX_WHOLE_BYTES) whole = undefined;
    // A chunk is only good until the next is asked for.
    whole?.push(new Uint8Array(chunk));
    if (want === 'digests and leaves') await leaves.push(chunk);
  }
  return {
    length,
    ...(whole === undefined ? {} : await digests(new Blob(whole))),
    ...(want === 'digests and leaves' ? { leaves: await leaves.end() } : {}),
  };
}

async function digests(file: Blob): Promise<{ readonly sha256: string; readonly sha512: string }> {
  const bytes = await file.arrayBuffer();
  const [short, long] = await Promise.all([
    crypto.subtle.digest('SHA-256', bytes),
    crypto.subtle.digest('SHA-512', bytes),
  ]);
  return { sha256: toHex(new Uint8Array(short)), sha512: toHex(new Uint8Array(long)) };
}

/** Leaf hashes of 64 KiB blocks (EVIDENCE §3), many at a time. */
class LeafHasher {
  readonly #done: Uint8Array<ArrayBuffer>[] = [];
  #pending: Promise<ArrayBuffer>[] = [];
  #block = new Uint8Array(BLOCK_BYTES + 1);
  #filled = 1;

  async push(chunk: Uint8Array): Promise<void> {
    for (let at = 0; at < chunk.length; ) {
      const take = Math.min(chunk.length - at, BLOCK_BYTES + 1 - this.#filled);
      this.#block.set(chunk.subarray(at, at + take), this.#filled);
      this.#filled += take;
      at += take;
      if (this.#filled === BLOCK_BYTES + 1) this.#close();
      if (this.#pending.length >= BATCH) await this.#settle();
    }
  }

  async end(): Promise<Uint8Array> {
    if (this.#filled > 1) this.#close();
    await this.#settle();
    const packed = new Uint8Array(this.#done.length * HASH_BYTES);
    for (const [at, leaf] of this.#done.entries()) packed.set(leaf, at * HASH_BYTES);
    return packed;
  }

  #close(): void {
    this.#pending.push(crypto.subtle.digest('SHA-256', this.#block.subarray(0, this.#filled)));
    // The first byte stays 0x00, the prefix of a leaf.
    this.#block = new Uint8Array(BLOCK_BYTES + 1);
    this.#filled = 1;
  }

  async #settle(): Promise<void> {
    for (const leaf of await Promise.all(this.#pending)) this.#done.push(new Uint8Array(leaf));
    this.#pending = [];
  }
}
