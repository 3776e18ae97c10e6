import { expect, test } from 'vitest';
import { declaredSource, type ItemFile, itemJson, readItem } from './item.ts';
import { coveringBlocks, readRecordProof, recordProofJson } from './record-proof.ts';

const item: ItemFile = {
  v: 1,
  exhibit: 'E001',
  name: { text: 'a.log' },
  path: 'data/original/E001/a.log',
  length: 3,
  sha256: 'a'.repeat(64),
  sha512: 'b'.repeat(128),
  blocks: { size: 1, root: 'c'.repeat(64) },
  modified: 'not stated',
  acquiredAt: '2026-05-01T12:00:00.000Z',
  declared: declaredSource({ host: 'db1', command: '  ' }),
  providerDigest: { result: 'none-given', given: 'not stated' },
  reading: {},
};

test('blank answers are stored as not stated, and an unseen storage lock as unknown', () => {
  expect(item.declared).toMatchObject({
    host: 'db1',
    command: 'not stated',
    exportedBy: 'not stated',
    storageLock: 'unknown',
  });
  expect(Object.keys(item.declared)).toHaveLength(11);
});

test('an item reads back; one that is neither acquired nor derived, or both, is none', () => {
  const { path: _, ...pathless } = item;
  const derived = { ...pathless, derived: { parent: 'E001', derivation: 'gunzip' } };
  expect(readItem(itemJson(item))).toEqual(item);
  expect(readItem(itemJson(derived))).toEqual(derived);
  expect(readItem(itemJson(pathless))).toBeUndefined();
  expect(readItem(itemJson({ ...item, derived: derived.derived }))).toBeUndefined();
  expect(readItem(itemJson({ ...item, sha256: 'A'.repeat(64) }))).toBeUndefined();
  expect(readItem(`${itemJson(item)}\n`)).toBeUndefined();
});

test('a record is covered by every block that it touches', () => {
  expect(coveringBlocks(0, 1)).toEqual([0]);
  expect(coveringBlocks(65_535, 65_536)).toEqual([0]);
  expect(coveringBlocks(65_535, 65_537)).toEqual([0, 1]);
  expect(coveringBlocks(65_536, 65_536)).toEqual([1]);
  expect(coveringBlocks(0, 200_000)).toEqual([0, 1, 2, 3]);
});

test('a record proof names exactly those blocks, and no endless range', () => {
  const proof = {
    v: 1,
    exhibit: 'E001',
    index: 4,
    from: 0,
    to: 70_000,
    sha256: 'a'.repeat(64),
    blocks: [0, 1],
  } as const;
  expect(readRecordProof(recordProofJson(proof))).toEqual(proof);
  for (const bad of [
    { blocks: [0] },
    { blocks: [0, 1, 2] },
    { to: -1 },
    { to: 2 ** 52 },
    { index: 0.5 },
    { sha256: '' },
  ]) {
    expect(readRecordProof(JSON.stringify({ ...proof, ...bad }))).toBeUndefined();
  }
});
