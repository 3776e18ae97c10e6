import { createHash } from 'node:crypto';
import { BLOCK_BYTES, MerkleTree } from '@dbwitness/shared/evidence/merkle.ts';

/** What one pass over the bytes of an exhibit gives (EVIDENCE §2, §3). */
export interface Digests {
  readonly length: number;
  readonly sha256: string;
  readonly sha512: string;
  /** Leaf hashes of the 64 KiB blocks, 32 bytes each, and the root over them. */
  readonly leaves: Uint8Array;
  readonly blocksRoot: string;
}

/** Hashes an exhibit while it streams by. Chunks must be whole blocks, but for the last. */
export class ExhibitHash {
  readonly #sha256 = createHash('sha256');
  readonly #sha512 = createHash('sha512');
  readonly #leaves: Uint8Array[] = [];
  #length = 0;

  update(chunk: Uint8Array): void {
    if (this.#length % BLOCK_BYTES !== 0) throw new Error('a chunk after one that was not whole blocks');
    this.#sha256.update(chunk);
    this.#sha512.update(chunk);
    for (let from = 0; from < chunk.length; from += BLOCK_BYTES) {
      const block = chunk.subarray(from, from + BLOCK_BYTES);
      this.#leaves.push(createHash('sha256').update(LEAF).update(block).digest());
    }
    this.#length += chunk.length;
  }

  digests(): Digests {
    const leaves = Buffer.concat(this.#leaves);
    const tree = new MerkleTree((bytes) => createHash('sha256').update(bytes).digest(), leaves);
    return {
      length: this.#length,
      sha256: this.#sha256.digest('hex'),
      sha512: this.#sha512.digest('hex'),
      leaves,
      blocksRoot: Buffer.from(tree.root).toString('hex'),
    };
  }
}

/** Domain separation of leaves (RFC 6962 §2.1). */
const LEAF = Uint8Array.of(0);
