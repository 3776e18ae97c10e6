import { expect, test } from 'vitest';
import { toBase64, toHex } from './encoding.ts';
import { testSigner, tools, verifySignature } from './fixtures/node-primitives.ts';
import { fingerprint } from './key.ts';
import { keyRing, MAX_BAD_SIGNATURES, readLedger } from './ledger.ts';
import { entryHash, entryLine, genesis, rotationBytes, type UnsignedEntry } from './ledger-entry.ts';
import type { Signer, VerifySignature } from './primitives.ts';

const [old, next, stranger] = [testSigner(1), testSigner(2), testSigner(3)];
const nameOf = (signer: Signer) => fingerprint(tools.sha256, signer.publicKey);
const keys = keyRing(tools.sha256, [old.publicKey, next.publicKey]);

type Rotation = UnsignedEntry & { act: 'key.rotate' };

const frame = {
  v: 1,
  seq: 0,
  prev: genesis(tools, 'c'),
  case: 'c',
  actor: { key: nameOf(old), name: 'A', role: 'examiner' },
  at: '2026-05-01T12:00:00.000Z',
  mono: '1',
  authority: 'x',
  purpose: 'x',
  place: 'x',
  tool: 'x',
  object: [],
} as const;

const rotation: Rotation = {
  ...frame,
  act: 'key.rotate',
  body: { old: nameOf(old), new: nameOf(next), newSig: '' },
};

function signed(entry: Rotation, by: Signer): Rotation {
  return { ...entry, body: { ...entry.body, newSig: toBase64(by.sign(rotationBytes(tools, entry))) } };
}

const problemsOf = async (lines: readonly string[]) =>
  (await readLedger(tools, verifySignature, lines, { caseId: 'c', keys })).problems.map(
    ({ id, detail }) => `${id}: ${detail}`,
  );

test('a change of keys that both signed is good', async () => {
  expect(await problemsOf([entryLine(tools, signed(rotation, next), old)])).toEqual([]);
});

test.each([
  ['another signed for the new key', signed(rotation, stranger), 'is not signed by the new key'],
  ['the old key signed twice', signed(rotation, old), 'is not signed by the new key'],
  ['no signature of the new key', rotation, 'is not signed by the new key'],
  [
    'the signature of another change of keys',
    { ...rotation, body: signed({ ...rotation, at: '2026-05-02T12:00:00.000Z' }, next).body },
    'is not signed by the new key',
  ],
  [
    'a new key that nobody has',
    signed({ ...rotation, body: { ...rotation.body, new: nameOf(stranger) } }, stranger),
    'names a new key that is not at hand',
  ],
  [
    'the key of somebody else',
    signed({ ...rotation, body: { ...rotation.body, old: nameOf(stranger) } }, next),
    'replaces another key than the one that signed it',
  ],
])('a change of keys with %s is not', async (_, entry: Rotation, detail) => {
  expect(await problemsOf([entryLine(tools, entry, old)])).toEqual([
    expect.stringContaining(`ledger/signature: entry 0 ${detail}`),
  ]);
});

test('of a ledger full of bad signatures, no more than a thousand are looked at', async () => {
  let prev = frame.prev;
  const lines = Array.from({ length: MAX_BAD_SIGNATURES + 50 }, (_, seq) => {
    const entry: UnsignedEntry = { ...frame, seq, prev, act: 'case.open', body: {} };
    const line = entryLine(tools, entry, old);
    prev = toHex(entryHash(tools, line));
    return line;
  });
  let asked = 0;
  const bad: VerifySignature = () => {
    asked++;
    return false;
  };
  const { signatures } = await readLedger(tools, bad, lines, { caseId: 'c', keys });
  expect(asked).toBe(MAX_BAD_SIGNATURES);
  expect(signatures.filter((state) => state === 'invalid')).toHaveLength(MAX_BAD_SIGNATURES);
  expect(signatures.slice(MAX_BAD_SIGNATURES)).toEqual(Array(50).fill('not-checked'));
});
