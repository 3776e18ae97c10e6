import { expect, test } from 'vitest';
import { testSigner, tools } from './fixtures/node-primitives.ts';
import { fingerprint, publicKeyPem } from './key.ts';
import { readTrust } from './trust.ts';

const { publicKey } = testSigner(1);
const KEY = {
  fingerprint: fingerprint(tools.sha256, publicKey),
  publicKeyPem: publicKeyPem(publicKey),
  person: 'A',
  boundBy: 'in person',
};
const read = (value: unknown) =>
  readTrust(tools.sha256, typeof value === 'string' ? value : JSON.stringify(value));

test('a trust file is read with what it does not say marked so', () => {
  expect(read({ version: 1, keys: [{ ...KEY, validTo: '2027-01-01' }] })).toEqual({
    keys: [
      {
        fingerprint: KEY.fingerprint,
        publicKey,
        person: 'A',
        role: 'not stated',
        organisation: 'not stated',
        boundBy: 'in person',
        boundOn: 'not stated',
        validTo: '2027-01-01',
      },
    ],
    minSigners: 1,
    requireTimestamp: false,
  });
});

test('a file that is not one is refused with a sentence, never believed in part', () => {
  for (const bad of [
    '',
    '[]',
    {},
    { version: 2, keys: [] },
    { version: 1, keys: {} },
    { version: 1, keys: [null] },
    { version: 1, keys: [{ ...KEY, publicKeyPem: 'x' }] },
    { version: 1, keys: [{ ...KEY, fingerprint: '0'.repeat(64) }] },
    { version: 1, keys: [{ ...KEY, revokedAt: 'yesterday' }] },
    { version: 1, keys: [{ ...KEY, validTo: 5 }] },
    { version: 1, keys: [KEY], policy: { minSigners: 0 } },
  ]) {
    expect(read(bad), JSON.stringify(bad)).toBeTypeOf('string');
  }
});
