import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  sampleIdentity,
  sealSample,
  tempFolder,
} from '@dbwitness/desktop/engine/custody/fixtures/sample-case.ts';
import { createIdentity, unlockIdentity } from '@dbwitness/desktop/engine/custody/identity.ts';
import { fp16 } from '@dbwitness/shared/evidence/key.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { whyMissing } from './installed.ts';

const missing = whyMissing('openssl', 'unzip', 'sha256sum');
const PASSPHRASE = 'correct horse battery';

describe.skipIf(missing !== undefined)(
  `OpenSSL agrees${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  () => {
    let folder: Awaited<ReturnType<typeof tempFolder>>;
    beforeAll(async () => {
      folder = await tempFolder();
    });
    afterAll(() => folder.remove());
    const openssl = (...args: readonly string[]) =>
      execFileSync('openssl', [...args], { encoding: 'utf8', stdio: 'pipe' });

    test('it opens the key file with the passphrase, and not without', async () => {
      const profile = join(folder.path, 'profile');
      const identity = await createIdentity(
        profile,
        { name: 'A', organisation: 'B', role: 'examiner' },
        PASSPHRASE,
      );
      const file = join(profile, 'identity.pem');
      expect(openssl('pkey', '-in', file, '-passin', `pass:${PASSPHRASE}`, '-pubout')).toBe(
        identity.publicKeyPem,
      );
      expect(() => openssl('pkey', '-in', file, '-passin', 'pass:wrong passphrase')).toThrow();
      const parsed = openssl('asn1parse', '-in', file);
      for (const part of ['PBES2', 'PBKDF2', 'hmacWithSHA256', 'aes-256-cbc', ':0927C0'])
        expect(parsed).toContain(part); // 600 000
    });

    test('it computes our fingerprint', async () => {
      const identity = await unlockIdentity(join(folder.path, 'profile'), PASSPHRASE);
      const pem = join(folder.path, 'key.pem');
      await writeFile(pem, identity?.publicKeyPem ?? '');
      const printed = execFileSync(
        'sh',
        ['-c', `openssl pkey -pubin -in '${pem}' -outform DER | sha256sum`],
        { encoding: 'utf8' },
      );
      expect(printed).toBe(`${identity?.fingerprint}  -\n`);
    });

    test('it verifies the statement of a sealed zip after unzip has unpacked it, and refuses another', async () => {
      const { path, name } = await sealSample(folder.path, { form: 'zip' });
      execFileSync('unzip', ['-q', path, '-d', folder.path]);
      const inside = (file: string) => join(folder.path, name, file);
      const key = fp16(sampleIdentity().fingerprint);
      const check = (file: string) =>
        openssl(
          'pkeyutl',
          '-verify',
          '-pubin',
          '-inkey',
          inside(`custody/keys/${key}.pem`),
          '-rawin',
          '-in',
          file,
          '-sigfile',
          inside(`signatures/${key}.sig`),
        );
      expect(check(inside('signatures/statement.pae'))).toContain('Signature Verified Successfully');
      expect(() => check(inside('signatures/statement.json'))).toThrow();
      expect(
        execFileSync('sha256sum', ['--strict', '--quiet', '-c', 'tagmanifest-sha256.txt'], {
          cwd: join(folder.path, name),
          encoding: 'utf8',
        }),
      ).toBe('');
    });
  },
);
