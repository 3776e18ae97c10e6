import { expect, test } from 'vitest';
import { concat, equalBytes, fromHex, toHex } from './encoding.ts';
import { tools } from './fixtures/node-primitives.ts';
import {
  GrowingTree,
  leafHash,
  MerkleTree,
  packHashes,
  rootFromInclusion,
  verifyConsistency,
} from './merkle.ts';

const { sha256 } = tools;

/** The definitions of RFC 6962 section 2.1, word for word and slow. */
const mth = (d: readonly Uint8Array[]): Uint8Array => {
  if (d.length === 0) return sha256(new Uint8Array(0));
  if (d.length === 1) return sha256(concat(Uint8Array.of(0), d[0] as Uint8Array));
  const k = split(d.length);
  return sha256(concat(Uint8Array.of(1), mth(d.slice(0, k)), mth(d.slice(k))));
};
const path = (m: number, d: readonly Uint8Array[]): Uint8Array[] => {
  if (d.length === 1) return [];
  const k = split(d.length);
  return m < k
    ? [...path(m, d.slice(0, k)), mth(d.slice(k))]
    : [...path(m - k, d.slice(k)), mth(d.slice(0, k))];
};
const subproof = (m: number, d: readonly Uint8Array[], b: boolean): Uint8Array[] => {
  if (m === d.length) return b ? [] : [mth(d)];
  const k = split(d.length);
  return m <= k
    ? [...subproof(m, d.slice(0, k), b), mth(d.slice(k))]
    : [...subproof(m - k, d.slice(k), false), mth(d.slice(0, k))];
};
const split = (n: number): number => {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
};

const inputs = (n: number) => Array.from({ length: n }, (_, i) => Uint8Array.of(i, i >> 1, 7));
const tree = (n: number) => new MerkleTree(sha256, packHashes(inputs(n).map((d) => leafHash(sha256, d))));
const hex = (hashes: readonly Uint8Array[]) => hashes.map(toHex);
const SIZES = Array.from({ length: 40 }, (_, i) => i);

test('roots of the eight-leaf tree used by Certificate Transparency', () => {
  const leaves = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ];
  const roots = [
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];
  const hashes = leaves.map((leaf) => leafHash(sha256, fromHex(leaf) as Uint8Array));
  roots.forEach((root, i) => {
    expect(toHex(new MerkleTree(sha256, packHashes(hashes.slice(0, i + 1))).root)).toBe(root);
  });
});

test('roots, growing or at once, are those of the definition', () => {
  const growing = new GrowingTree(sha256);
  for (const n of SIZES) {
    expect(toHex(tree(n).root)).toBe(toHex(mth(inputs(n))));
    expect(toHex(growing.root())).toBe(toHex(mth(inputs(n))));
    growing.append(leafHash(sha256, inputs(n + 1)[n] as Uint8Array));
  }
});

test('inclusion proofs are those of the definition and lead to the root', () => {
  for (const n of SIZES) {
    for (let i = 0; i < n; i++) {
      const proof = tree(n).inclusionProof(i);
      expect(hex(proof)).toEqual(hex(path(i, inputs(n))));
      const leaf = leafHash(sha256, inputs(n)[i] as Uint8Array);
      expect(rootFromInclusion(sha256, leaf, i, n, proof)).toEqual(mth(inputs(n)));
    }
  }
});

test('an inclusion proof proves no other leaf, place or size, and no longer or shorter path', () => {
  const n = 13;
  const root = tree(n).root;
  const leads = (leaf: number, index: number, size: number, proof: readonly Uint8Array[]) => {
    const found = rootFromInclusion(
      sha256,
      leafHash(sha256, inputs(n)[leaf] as Uint8Array),
      index,
      size,
      proof,
    );
    return found !== undefined && equalBytes(found, root);
  };
  for (let i = 0; i < n; i++) {
    const proof = tree(n).inclusionProof(i);
    for (let j = 0; j < n; j++)
      if (j !== i) expect(leads(i, j, n, proof) || leads(j, i, n, proof)).toBe(false);
    expect(leads(i, i, n, proof.slice(1)) || leads(i, i, n, [...proof, root])).toBe(false);
    expect(leads(i, n, n, proof) || leads(i, -1, n, proof) || leads(i, i + 0.5, n, proof)).toBe(false);
  }
});

test('consistency proofs are those of the definition and hold for exactly their two trees', () => {
  for (const n of SIZES) {
    for (let m = 1; m <= n; m++) {
      const proof = tree(n).consistencyProof(m);
      expect(hex(proof)).toEqual(hex(m === n ? [] : subproof(m, inputs(n), true)));
      const [old, now] = [mth(inputs(m)), mth(inputs(n))];
      expect(verifyConsistency(sha256, m, old, n, now, proof)).toBe(true);
      const other = Uint8Array.from(old, (b) => b ^ 1);
      expect(verifyConsistency(sha256, m, other, n, now, proof)).toBe(false);
      expect(verifyConsistency(sha256, m, old, n, other, proof)).toBe(false);
      expect(verifyConsistency(sha256, m, old, n, now, [...proof, now])).toBe(false);
      if (proof.length > 0) expect(verifyConsistency(sha256, m, old, n, now, proof.slice(1))).toBe(false);
    }
  }
});
