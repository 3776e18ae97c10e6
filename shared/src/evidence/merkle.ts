import { equalBytes } from './encoding.ts';
import type { Sha256 } from './primitives.ts';

/** Length of a block of an exhibit in bytes (EVIDENCE §3). */
export const BLOCK_BYTES = 65_536;
/** Length of a hash in bytes. */
export const HASH_BYTES = 32;

/** Leaf hash of RFC 6962 section 2.1: SHA-256(0x00 || bytes). */
export function leafHash(sha256: Sha256, bytes: Uint8Array): Uint8Array {
  const input = new Uint8Array(bytes.length + 1);
  input.set(bytes, 1);
  return sha256(input);
}

function nodeHash(sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + 2 * HASH_BYTES);
  input[0] = 1;
  input.set(left, 1);
  input.set(right, 1 + HASH_BYTES);
  return sha256(input);
}

/**
 * RFC 6962 tree over leaf hashes packed 32 bytes each, with all its nodes, so that many proofs cost a look-up.
 * Level k holds the hash of leaves `[j·2^k, min((j+1)·2^k, n))` at place j: a last node without sibling moves up unchanged,
 * which is the same tree as splitting at the largest power of two.
 */
export class MerkleTree {
  readonly size: number;
  readonly root: Uint8Array;
  private readonly levels: readonly Uint8Array[];

  constructor(sha256: Sha256, leaves: Uint8Array) {
    this.size = leaves.length / HASH_BYTES;
    if (!Number.isInteger(this.size)) throw new RangeError('leaves are not a whole number of hashes');
    const levels = [leaves];
    for (let level = leaves; level.length > HASH_BYTES; ) {
      level = levelAbove(sha256, level);
      levels.push(level);
    }
    this.levels = levels;
    this.root = this.size === 0 ? sha256(new Uint8Array(0)) : hashAt(levels.at(-1), 0);
  }

  /** Audit path of leaf `index`, from its sibling up to the root's child (RFC 6962 section 2.1.1). */
  inclusionProof(index: number): readonly Uint8Array[] {
    if (!(index >= 0 && index < this.size))
      throw new RangeError(`no leaf ${index} in a tree of ${this.size}`);
    const proof: Uint8Array[] = [];
    for (let at = index, k = 0; k < this.levels.length - 1; k++, at >>>= 1) {
      const level = this.levels[k];
      if (level !== undefined && (at ^ 1) * HASH_BYTES < level.length) proof.push(hashAt(level, at ^ 1));
    }
    return proof;
  }

  /** Proof that the tree of the first `size` leaves is a beginning of this one (RFC 6962 section 2.1.2). */
  consistencyProof(size: number): readonly Uint8Array[] {
    if (!(size >= 0 && size <= this.size))
      throw new RangeError(`no tree of ${size} in a tree of ${this.size}`);
    return size === 0 || size === this.size ? [] : this.subproof(size, 0, this.size, true);
  }

  private subproof(upTo: number, from: number, to: number, known: boolean): readonly Uint8Array[] {
    if (upTo === to) return known ? [] : [this.hashOf(from, to)];
    const middle = from + splitPoint(to - from);
    return upTo <= middle
      ? [...this.subproof(upTo, from, middle, known), this.hashOf(middle, to)]
      : [...this.subproof(upTo, middle, to, false), this.hashOf(from, middle)];
  }

  private hashOf(from: number, to: number): Uint8Array {
    const level = Math.ceil(Math.log2(to - from));
    return hashAt(this.levels[level], from / 2 ** level);
  }
}

function levelAbove(sha256: Sha256, level: Uint8Array): Uint8Array {
  const count = level.length / HASH_BYTES;
  const above = new Uint8Array(Math.ceil(count / 2) * HASH_BYTES);
  const input = new Uint8Array(1 + 2 * HASH_BYTES);
  input[0] = 1;
  for (let i = 0; i + 1 < count; i += 2) {
    input.set(level.subarray(i * HASH_BYTES, (i + 2) * HASH_BYTES), 1);
    above.set(sha256(input), (i / 2) * HASH_BYTES);
  }
  if (count % 2 === 1) above.set(hashAt(level, count - 1), above.length - HASH_BYTES);
  return above;
}

function hashAt(level: Uint8Array | undefined, index: number): Uint8Array {
  return (level ?? new Uint8Array(0)).slice(index * HASH_BYTES, (index + 1) * HASH_BYTES);
}

/** The largest power of two below `n` (RFC 6962 section 2.1). */
function splitPoint(n: number): number {
  return 2 ** (Math.ceil(Math.log2(n)) - 1);
}

/** A tree that only grows and only tells its root: keeps one hash per set bit of its size. */
export class GrowingTree {
  private readonly sha256: Sha256;
  private readonly peaks: { readonly hash: Uint8Array; readonly leaves: number }[] = [];
  private count = 0;

  constructor(sha256: Sha256) {
    this.sha256 = sha256;
  }

  get size(): number {
    return this.count;
  }

  append(leaf: Uint8Array): void {
    let peak = { hash: leaf, leaves: 1 };
    for (let last = this.peaks.at(-1); last?.leaves === peak.leaves; last = this.peaks.at(-1)) {
      this.peaks.pop();
      peak = { hash: nodeHash(this.sha256, last.hash, peak.hash), leaves: 2 * peak.leaves };
    }
    this.peaks.push(peak);
    this.count++;
  }

  root(): Uint8Array {
    const last = this.peaks.at(-1);
    if (last === undefined) return this.sha256(new Uint8Array(0));
    return this.peaks
      .slice(0, -1)
      .reduceRight((right, peak) => nodeHash(this.sha256, peak.hash, right), last.hash);
  }
}

/** The root that an inclusion proof leads to, or undefined when the proof's length does not fit (RFC 9162 section 2.1.3.2). */
export function rootFromInclusion(
  sha256: Sha256,
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
): Uint8Array | undefined {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size)
    return undefined;
  if (leaf.length !== HASH_BYTES || proof.some((hash) => hash.length !== HASH_BYTES)) return undefined;
  let hash = leaf;
  let at = index;
  let last = size - 1;
  for (const sibling of proof) {
    if (last === 0) return undefined;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(sha256, sibling, hash);
      while (at % 2 === 0 && at !== 0) {
        at = at / 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(sha256, hash, sibling);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? hash : undefined;
}

/** Whether `proof` shows that the tree (size1, root1) is a beginning of (size2, root2) (RFC 9162 section 2.1.4.2). */
export function verifyConsistency(
  sha256: Sha256,
  size1: number,
  root1: Uint8Array,
  size2: number,
  root2: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!Number.isSafeInteger(size1) || !Number.isSafeInteger(size2) || size1 < 0 || size1 > size2)
    return false;
  if (proof.some((hash) => hash.length !== HASH_BYTES)) return false;
  if (size1 === 0) return false; // everything continues the empty tree: nothing to prove, so no proof
  if (size1 === size2) return proof.length === 0 && equalBytes(root1, root2);
  // A tree of 2^k leaves is itself a node of the later tree: its root is not repeated in the proof.
  const path = Number.isInteger(Math.log2(size1)) ? [root1, ...proof] : [...proof];
  const start = path[0];
  if (start === undefined) return false;
  let at = size1 - 1;
  let last = size2 - 1;
  while (at % 2 === 1) {
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  let hash1 = start;
  let hash2 = start;
  for (const sibling of path.slice(1)) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash1 = nodeHash(sha256, sibling, hash1);
      hash2 = nodeHash(sha256, sibling, hash2);
      while (at % 2 === 0 && at !== 0) {
        at = at / 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash2 = nodeHash(sha256, hash2, sibling);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equalBytes(hash1, root1) && equalBytes(hash2, root2);
}

/** Hashes of 32 bytes each, packed one after the other: the form that `MerkleTree` takes and `.leaves` files have. */
export function packHashes(hashes: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(hashes.length * HASH_BYTES);
  hashes.forEach((hash, i) => {
    out.set(hash, i * HASH_BYTES);
  });
  return out;
}
