import { createPrivateKey } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { nodeVerify } from '../../verify/node-host.ts';
import { tempFolder } from './fixtures/sample-case.ts';
import { createIdentity, readIdentity, unlockIdentity } from './identity.ts';

const PERSON = { name: 'A. Examiner', organisation: 'Example Office', role: 'examiner' };
const PASSPHRASE = 'p\u0101ssphrase of mine';

const profile = async () => {
  const folder = await tempFolder();
  onTestFinished(folder.remove);
  return join(folder.path, 'profile');
};

test('an identity is made, read, and unlocked by its passphrase only', async () => {
  const folder = await profile();
  expect(await readIdentity(folder)).toBeUndefined();
  await expect(unlockIdentity(folder, PASSPHRASE)).rejects.toMatchObject({ code: 'identity/missing' });
  const made = await createIdentity(folder, PERSON, PASSPHRASE);
  const { signer, ...open } = made;
  expect(await readIdentity(folder)).toEqual(open);
  expect(await unlockIdentity(folder, 'another passphrase')).toBeUndefined();
  const unlocked = await unlockIdentity(folder, PASSPHRASE);
  const message = Buffer.from('message');
  expect(nodeVerify(signer.publicKey, message, unlocked?.signer.sign(message) ?? message)).toBe(true);
});

test('a passphrase is one however a keyboard composes it', async () => {
  const folder = await profile();
  await createIdentity(folder, PERSON, PASSPHRASE);
  expect(await unlockIdentity(folder, PASSPHRASE.normalize('NFD'))).toBeDefined();
});

test('the key file is encrypted with 600 000 rounds and readable by its owner alone', async () => {
  const folder = await profile();
  await createIdentity(folder, PERSON, PASSPHRASE);
  const file = join(folder, 'identity.pem');
  const pem = await readFile(file, 'utf8');
  expect(pem).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/);
  expect(
    Buffer.from(pem.replace(/-----.*-----|\n/g, ''), 'base64').includes(Buffer.from('02030927c0', 'hex')),
  ).toBe(true);
  expect(createPrivateKey({ key: pem, passphrase: PASSPHRASE }).asymmetricKeyType).toBe('ed25519');
  if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('short and overlong passphrases are refused and leave nothing', async () => {
  const folder = await profile();
  for (const bad of ['', 'elevenchars', '\ufb03\ufb03\ufb03', 'x'.repeat(1025)]) {
    await expect(createIdentity(folder, PERSON, bad)).rejects.toMatchObject({ code: 'identity/passphrase' });
  }
  expect(await readIdentity(folder)).toBeUndefined();
});

test('a second identity does not overwrite the first', async () => {
  const folder = await profile();
  await createIdentity(folder, PERSON, PASSPHRASE);
  await expect(createIdentity(folder, PERSON, PASSPHRASE)).rejects.toMatchObject({ code: 'identity/exists' });
});

test('a companion that names another key is reported, not believed', async () => {
  const folder = await profile();
  await createIdentity(folder, PERSON, PASSPHRASE);
  const file = join(folder, 'identity.json');
  await writeFile(file, (await readFile(file, 'utf8')).replace(/"fingerprint": "./, '"fingerprint": "x'));
  await expect(readIdentity(folder)).rejects.toMatchObject({ code: 'identity/damaged' });
});
