import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { verifyPackage } from '../../verify/verify-package.ts';
import {
  sampleExhibits,
  sampleIdentity,
  sampleInput,
  sampleLedger,
  sealSample,
  tempFolder,
} from './fixtures/sample-case.ts';
import { packageFile } from './package-file.ts';
import { seal } from './seal.ts';

let folder: Awaited<ReturnType<typeof tempFolder>>;
beforeAll(async () => {
  folder = await tempFolder();
});
afterAll(() => folder.remove());

const fresh = async (name: string) => {
  const path = join(folder.path, name);
  await mkdir(path);
  return path;
};

test('a sealed package verifies, as a folder and as a zip', async () => {
  const asFolder = await sealSample(await fresh('a'));
  const asZip = await sealSample(await fresh('b'), { form: 'zip' });
  expect(asFolder.verification.checks.filter(({ status }) => status === 'fail')).toEqual([]);
  expect(asFolder.verification).toMatchObject({ verdict: 'verified', exit: 0 });
  expect(asZip.verification).toMatchObject({ verdict: 'verified', exit: 0 });
  expect(asFolder.verification.counts).toMatchObject({ exhibits: 4, records: 3 });
});

test('without a trust file or fingerprint the package is intact and nobody is trusted', async () => {
  const { path } = await sealSample(await fresh('c'));
  const result = await verifyPackage(path);
  expect(result).toMatchObject({ verdict: 'not-trusted', exit: 3 });
  expect(result.checks.filter(({ status }) => status === 'fail')).toEqual([]);
});

test('the ledger tells how the export went, and the package holds it up to the seal', async () => {
  const { path, ledger, digest } = await sealSample(await fresh('d'));
  const lines = (await ledger.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { act: string; body: { digest?: string } });
  expect(lines.slice(-7).map(({ act }) => act)).toEqual([
    'export.begin',
    'exhibit.verify',
    'exhibit.verify',
    'exhibit.verify',
    'exhibit.verify',
    'seal',
    'export.done',
  ]);
  expect(lines.at(-1)?.body.digest).toBe(digest);
  const packaged = await readFile(join(path, 'custody/ledger.jsonl'), 'utf8');
  expect((await ledger.text()).startsWith(packaged)).toBe(true);
  expect(JSON.parse(packaged.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ act: 'seal' });
});

test('an exhibit that changed is not sealed: nothing is left and the ledger says why', async () => {
  const target = await fresh('e');
  const bad = async function* () {
    yield Buffer.from('other bytes');
  };
  const identity = sampleIdentity();
  const ledger = await sampleLedger(join(target, 'custody'), identity);
  const exhibits = sampleExhibits().map((exhibit) =>
    exhibit.item.exhibit === 'E002' ? { ...exhibit, bytes: bad } : exhibit,
  );
  await expect(seal({ ...sampleInput(target, ledger, identity), exhibits })).rejects.toMatchObject({
    code: 'seal/exhibit-changed',
  });
  expect(await readdir(target)).toEqual(['custody']);
  const last = JSON.parse((await ledger.text()).trimEnd().split('\n').at(-1) ?? '');
  expect(last).toMatchObject({ act: 'export.failed', body: { reason: 'seal/exhibit-changed' } });
});

test('a package that does not verify is taken away again', async () => {
  const target = await fresh('unverified');
  const views = () => [packageFile('data/report/report.html', 'no digest here')];
  await expect(sealSample(target, { views })).rejects.toMatchObject({ code: 'seal/not-verified' });
  expect(await readdir(target)).toEqual(['custody']);
});

test('what could not be kept for the next package is no package, and the ledger never calls it done', async () => {
  const target = await fresh('unkept');
  const ledger = await sampleLedger(join(target, 'custody'), sampleIdentity());
  const keep = () => Promise.reject(new Error('no room for the head'));
  await expect(sealSample(target, { ledger, keep })).rejects.toThrow('no room for the head');
  expect(await readdir(target)).toEqual(['custody']);
  expect(await ledger.text()).not.toContain('export.done');
});

test('the first fault is told, also where the ledger cannot be written any more', async () => {
  const target = await fresh('dead-ledger');
  const ledger = await sampleLedger(join(target, 'custody'), sampleIdentity());
  const append = ledger.append.bind(ledger);
  vi.spyOn(ledger, 'append').mockImplementation((act, ...rest) =>
    act === 'export.failed' ? Promise.reject(new Error('ledger is gone')) : append(act, ...rest),
  );
  const views = () => Promise.reject(new Error('no view'));
  await expect(sealSample(target, { ledger, views })).rejects.toThrow('no view');
});

test('a cancelled seal leaves nothing', async () => {
  for (const form of ['folder', 'zip'] as const) {
    const target = await fresh(`cancel-${form}`);
    const stop = new AbortController();
    const views = () => {
      stop.abort();
      return [];
    };
    await expect(sealSample(target, { form, views, signal: stop.signal })).rejects.toThrow();
    expect(await readdir(target)).toEqual(['custody']);
  }
});

test('a package that exists is not written over', async () => {
  const target = await fresh('f');
  const { ledger } = await sealSample(target);
  await expect(sealSample(target, { ledger })).rejects.toMatchObject({ code: 'seal/exists' });
});

test('a second package continues the first, and says so to who holds the first', async () => {
  const target = await fresh('g');
  const first = await sealSample(target);
  const checkpoint = await readFile(join(first.path, 'custody/ledger.checkpoint'), 'utf8');
  const ledgerSize = Number(checkpoint.split('\n')[1]);
  const second = await sealSample(target, {
    ledger: first.ledger,
    sequence: 2,
    supersedes: first.digest,
    earlier: [{ sequence: 1, checkpoint, ledgerSize }],
  });
  const { fingerprint } = sampleIdentity();
  const result = await verifyPackage(second.path, { fingerprint, against: first.path });
  expect(result.verdict).toBe('verified');
  expect(result.checks.find(({ id }) => id === 'ledger/inconsistent-with-earlier')?.status).toBe('pass');
  const [, size, root] = checkpoint.split('\n');
  const noted = `${size}:${Buffer.from(root ?? '', 'base64').toString('hex')}`;
  expect((await verifyPackage(second.path, { fingerprint, expectLedger: noted })).verdict).toBe('verified');
  // Backwards: the first does not reach as far as the second.
  const back = await verifyPackage(first.path, { fingerprint, against: second.path });
  expect(back.checks.filter(({ status }) => status === 'fail').map(({ id }) => id)).toEqual([
    'ledger/inconsistent-with-earlier',
  ]);
});

test('same case, key and clock give the same bytes in every time zone', async () => {
  const script = `
    import { mkdtemp, readFile, rm } from 'node:fs/promises';
    import { createHash } from 'node:crypto';
    import { tmpdir } from 'node:os';
    import { join } from 'node:path';
    const { sealSample } = await import(${JSON.stringify(join(import.meta.dirname, 'fixtures/sample-case.ts'))});
    const folder = await mkdtemp(join(tmpdir(), 'dbwitness-zone-'));
    const zip = await sealSample(folder, { form: 'zip' });
    console.log(createHash('sha256').update(await readFile(zip.path)).digest('hex'), zip.digest);
    await rm(folder, { recursive: true });
  `;
  const bundle = join(folder.path, 'zone.mjs');
  const { build } = await import('esbuild');
  await build({
    stdin: { contents: script, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: bundle,
    logLevel: 'error',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  const run = (TZ: string) =>
    execFileSync(process.execPath, [bundle], { env: { ...process.env, TZ, LC_ALL: 'C' }, encoding: 'utf8' });
  const utc = run('UTC');
  expect(utc).toMatch(/^[0-9a-f]{64} [0-9a-f]{64}\n$/);
  expect(run('Asia/Tokyo')).toBe(utc);
  expect(run('America/St_Johns')).toBe(utc);
  const { path } = await sealSample(await fresh('h'), { form: 'zip' });
  expect(
    `${createHash('sha256')
      .update(await readFile(path))
      .digest('hex')}`,
  ).toBe(utc.split(' ')[0]);
});
