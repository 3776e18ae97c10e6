import { createHash, createPublicKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { testSigner, tools } from './fixtures/node-primitives.ts';
import { fingerprint, groupedFingerprint, publicKeyPem, readPublicKeyPem } from './key.ts';

test('the PEM is the one Node writes, and the fingerprint that of its DER', () => {
  const { publicKey } = testSigner(1);
  const key = createPublicKey(publicKeyPem(publicKey));
  expect(key.asymmetricKeyType).toBe('ed25519');
  expect(publicKeyPem(publicKey)).toBe(key.export({ format: 'pem', type: 'spki' }));
  const der = key.export({ format: 'der', type: 'spki' });
  expect(fingerprint(tools.sha256, publicKey)).toBe(createHash('sha256').update(der).digest('hex'));
  expect(readPublicKeyPem(publicKeyPem(publicKey))).toEqual(publicKey);
});

test('other PEM texts are no key of ours', () => {
  const pem = publicKeyPem(testSigner(1).publicKey);
  for (const bad of [
    '',
    pem.replaceAll('PUBLIC', 'PRIVATE'),
    pem.replace('MCow', 'MCox'),
    pem + pem,
    pem.replace('=', ''),
  ]) {
    expect(readPublicKeyPem(bad)).toBeUndefined();
  }
});

test('a fingerprint is shown in groups of four', () => {
  expect(groupedFingerprint('0123456789ab')).toBe('0123 4567 89ab');
});
