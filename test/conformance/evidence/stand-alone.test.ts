import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  sampleIdentity,
  sealSample,
  tempFolder,
} from '@dbwitness/desktop/engine/custody/fixtures/sample-case.ts';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** The auditor's verifier: one file that Node runs anywhere, made of the evidence code and nothing else of ours (EVIDENCE §15). */
const root = resolve(import.meta.dirname, '../../..');
let folder: Awaited<ReturnType<typeof tempFolder>>;
let verifier: string;
let inputs: readonly string[];
beforeAll(async () => {
  folder = await tempFolder();
  verifier = join(folder.path, 'verify.mjs');
  const { metafile } = await build({
    entryPoints: [join(root, 'desktop/src/verify/main.ts')],
    absWorkingDir: root,
    outfile: verifier,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    metafile: true,
    logLevel: 'error',
  });
  inputs = Object.keys(metafile.inputs);
});
afterAll(() => folder.remove());

test('it holds the evidence code, yauzl and fzstd, and nothing else', () => {
  const allowed = [
    'desktop/src/verify/',
    'shared/src/evidence/',
    'shared/src/text/',
    'node_modules/yauzl/',
    'node_modules/buffer-crc32/',
    'node_modules/pend/',
    'node_modules/fzstd/',
  ];
  expect(inputs.filter((path) => !allowed.some((prefix) => path.startsWith(prefix)))).toEqual([]);
});

test('it verifies in an empty place, without a network, its own folder or anything written', async () => {
  const { path } = await sealSample(folder.path, { form: 'zip' });
  const place = join(folder.path, 'place');
  mkdirSync(place);
  copyFileSync(path, join(place, 'package.zip'));
  const { fingerprint } = sampleIdentity();
  const out = execFileSync(process.execPath, [verifier, 'package.zip', '--fingerprint', fingerprint], {
    cwd: place,
    env: {},
    encoding: 'utf8',
  });
  expect(out).toMatch(/^VERIFIED\./);
  expect(spawnSync(process.execPath, [verifier, 'package.zip'], { cwd: place, env: {} }).status).toBe(3);
  expect(execFileSync('ls', ['-A'], { cwd: place, encoding: 'utf8' })).toBe('package.zip\n');
});
