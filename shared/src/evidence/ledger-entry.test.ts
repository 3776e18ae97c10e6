import { expect, test } from 'vitest';
import { fromBase64 } from './encoding.ts';
import { testSigner, tools, verifySignature } from './fixtures/node-primitives.ts';
import { fingerprint } from './key.ts';
import { entryLine, genesis, readEntry, signingBytes, type UnsignedEntry } from './ledger-entry.ts';

const signer = testSigner(1);
const entry: UnsignedEntry = {
  v: 1,
  seq: 0,
  prev: genesis(tools, '6b7c0a52-3c1d-4a3e-9a39-0d9c6f7f6f11'),
  case: '6b7c0a52-3c1d-4a3e-9a39-0d9c6f7f6f11',
  actor: { key: fingerprint(tools.sha256, signer.publicKey), name: 'A. Examiner', role: 'examiner' },
  at: '2026-05-01T12:00:00.123Z',
  mono: '184467',
  authority: 'not stated',
  purpose: 'not stated',
  place: 'not stated',
  tool: '0.1.0+0000000',
  act: 'exhibit.register',
  object: ['E001'],
  body: { length: 3, sha256: 'aa', sha512: 'bb' },
};

test('a line is canonical, reads back and carries a signature over everything else', () => {
  const line = entryLine(tools, entry, signer);
  const read = readEntry(line);
  expect(read).toEqual({ ...entry, sig: read?.sig });
  const signature = fromBase64(read?.sig ?? '') as Uint8Array;
  expect(verifySignature(signer.publicKey, signingBytes(tools, read as UnsignedEntry), signature)).toBe(true);
  const other = readEntry(line.replace('"E001"', '"E002"')) as UnsignedEntry;
  expect(verifySignature(signer.publicKey, signingBytes(tools, other), signature)).toBe(false);
});

test('the signed text starts with a prefix of its own', () => {
  const bytes = signingBytes(tools, entry);
  expect(tools.text.utf8(bytes, 0, 40)).toBe('dbwitness-ledger-entry-v1\n{"act":"exhibi');
});

test('without an identity the signature is null', () => {
  expect(
    readEntry(entryLine(tools, { ...entry, actor: { ...entry.actor, key: null } }, undefined))?.sig,
  ).toBeNull();
});

test('a line that is not exactly an entry is none', () => {
  const line = entryLine(tools, entry, signer);
  for (const bad of [
    '',
    '{}',
    `${line} `,
    line.replace('exhibit.register', 'exhibit.unheard-of'),
    line.replace('"v":1', '"v":2'),
    line.replace('"length":3,', ''),
    line.replace('12:00:00.123Z', '14:00:00.123+02:00'),
    line.replace('"place":"not stated",', ''),
    line.replace('"act"', '"Act":1,"act"'),
    line.replace('"act":', '"act":"seal","act":'),
  ]) {
    expect(readEntry(bad), bad).toBeUndefined();
  }
});
