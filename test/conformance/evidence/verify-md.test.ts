import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import {
  sampleIdentity,
  sealSample,
  tempFolder,
} from '@dbwitness/desktop/engine/custody/fixtures/sample-case.ts';
import { Mutant } from '@dbwitness/desktop/verify/fixtures/mutant.ts';
import { fp16, publicKeyPem } from '@dbwitness/shared/evidence/key.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { whyMissing } from './installed.ts';

/** VERIFY.md is an independent re-implementation of the main checks: a shell runs its very text (EVIDENCE §12, §16). */
const missing = whyMissing('sha256sum', 'sha512sum', 'openssl', 'find', 'cut', 'sort', 'grep');

describe.skipIf(missing !== undefined)(
  `VERIFY.md run by a shell${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  () => {
    let folder: Awaited<ReturnType<typeof tempFolder>>;
    let good: Mutant;
    beforeAll(async () => {
      folder = await tempFolder();
      good = await Mutant.load((await sealSample(folder.path)).path);
    });
    afterAll(() => folder.remove());

    /** Runs every fenced command in order; the step that fails first, and what was printed. */
    const run = (mutant: Mutant) =>
      mutant.inFolder(async (path) => {
        // The reader's copy of the instructions: an altered VERIFY.md must not talk its way out.
        const steps = [...good.text('VERIFY.md').matchAll(/^## (\d)\.|^```sh\n([\s\S]*?)```$/gm)];
        let step = 0;
        let printed = '';
        for (const [, heading, commands] of steps) {
          if (heading !== undefined) step = Number(heading);
          for (const command of (commands ?? '').split('\n').filter((line) => line !== '')) {
            const done = spawnSync('sh', ['-c', command], { cwd: path, encoding: 'utf8' });
            printed += done.stdout;
            if (done.status !== 0) return { failed: step, printed };
          }
        }
        return { failed: undefined, printed };
      });

    test('a good package passes every step and prints the fingerprint', async () => {
      const { failed, printed } = await run(good);
      expect(failed).toBeUndefined();
      expect(printed).toContain(`${sampleIdentity().fingerprint}  -`);
    });

    const key = `custody/keys/${fp16(sampleIdentity().fingerprint)}.pem`;
    const sig = `signatures/${fp16(sampleIdentity().fingerprint)}.sig`;
    test.each([
      ['an altered tag file', 1, (m: Mutant) => m.flip('viewer.html', 3)],
      ['a removed tag file', 1, (m: Mutant) => m.remove('custody/case.jsonld')],
      ['altered evidence', 2, (m: Mutant) => m.flip('data/original/E001/postgresql_1.log', 99)],
      ['removed evidence', 2, (m: Mutant) => m.remove('data/original/E002/small.log')],
      ['an added payload file', 3, (m: Mutant) => m.put('data/more.txt', 'x')],
      ['an added tag file', 3, (m: Mutant) => m.put('custody/more.txt', 'x')],
      ['a corrupt signature', 4, (m: Mutant) => m.flip(sig, 7)],
      ['another statement signed by nobody', 4, (m: Mutant) => m.flip('signatures/statement.pae', 90)],
      [
        'a package rewritten without the key',
        5,
        (m: Mutant) => m.flip('data/original/E002/small.log', 1).manifests(),
      ],
    ])('%s fails at step %i', async (_, step, mutate) => {
      expect((await run(mutate(good.copy()))).failed).toBe(step);
    });

    test('another examiner’s package passes all but shows another fingerprint', async () => {
      const stranger = sampleIdentity(9);
      const forged = good.copy().put(key, publicKeyPem(stranger.signer.publicKey)).tags();
      const statement = forged.text('signatures/statement.json');
      forged.sign((s) => s);
      expect(statement).not.toBe('');
      // Signed by the stranger under the examiner's file names: everything but the fingerprint fits.
      const pae = forged.bytes('signatures/statement.pae');
      forged.put(sig, stranger.signer.sign(pae));
      const { failed, printed } = await run(forged);
      expect(failed).toBeUndefined();
      expect(printed).toContain(`${stranger.fingerprint}  -`);
    });

    test('an empty folder fails where files are counted', async () => {
      const failed = await good.inFolder(async (path) => {
        execFileSync('mkdir', [join(path, 'data/empty')]);
        const step3 = /## 3[\s\S]*?```sh\n([\s\S]*?)```/.exec(good.text('VERIFY.md'))?.[1] ?? '';
        return spawnSync('sh', ['-ec', step3], { cwd: path }).status !== 0;
      });
      expect(failed).toBe(true);
    });
  },
);
