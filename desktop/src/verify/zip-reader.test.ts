import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import yazl from 'yazl';
import { sampleIdentity, sealSample, tempFolder } from '../engine/custody/fixtures/sample-case.ts';
import { type CraftedEntry, craftZip } from './fixtures/craft-zip.ts';
import { idsOf, Mutant } from './fixtures/mutant.ts';
import { verifyPackage } from './verify-package.ts';
import { openZip, ZIP_LIMITS } from './zip-reader.ts';

const { fingerprint } = sampleIdentity();
let folder: Awaited<ReturnType<typeof tempFolder>>;
let good: Mutant;
let sealedZip: Buffer;
let content: ReadonlyMap<string, string>;
beforeAll(async () => {
  folder = await tempFolder();
  good = await Mutant.load((await sealSample(join(folder.path))).path);
  const other = await tempFolder();
  const { path } = await sealSample(other.path, { form: 'zip' });
  sealedZip = await readFile(path);
  content = await contentOf(path);
  await other.remove();
});
afterAll(() => folder.remove());

const entries = (): CraftedEntry[] =>
  [...good.files].map(([path, data]) => ({ name: `sample-001/${path}`, data }));
let number = 0;
const verifyBytes = async (zip: Buffer) => {
  const path = join(folder.path, `${number++}.zip`);
  await writeFile(path, zip);
  return verifyPackage(path, { fingerprint });
};
const failing = async (list: readonly CraftedEntry[], options: Parameters<typeof craftZip>[1] = {}) =>
  idsOf(await verifyBytes(craftZip(list, options)));
const edited = (path: string, change: Partial<CraftedEntry>) =>
  entries().map((entry) => (entry.name === `sample-001/${path}` ? { ...entry, ...change } : entry));

test('a plainly packed and a deflated package verify', async () => {
  expect(await failing(entries())).toEqual([]);
  expect(await failing(entries().map((entry) => ({ ...entry, deflate: true })))).toEqual([]);
});

test('a folder entry for the package itself and for filled folders is harmless', async () => {
  expect(
    await failing([
      { name: 'sample-001/', data: Buffer.alloc(0) },
      { name: 'sample-001/data/', data: Buffer.alloc(0) },
      ...entries(),
    ]),
  ).toEqual([]);
  expect(await failing([{ name: 'sample-001/empty/', data: Buffer.alloc(0) }, ...entries()])).toEqual([
    'profile/unexpected-entry',
  ]);
});

test.each([
  [
    'a duplicate entry',
    () => [...entries(), { name: 'sample-001/viewer.html', data: Buffer.from('other') }],
    ['zip/duplicate'],
  ],
  [
    'a local header with another name',
    () => edited('viewer.html', { localName: 'sample-001/viewer.htm_' }),
    ['zip/local-header'],
  ],
  ['a local header with another size', () => edited('viewer.html', { localSize: 3 }), ['zip/local-header']],
  [
    'a local header with another checksum',
    () => edited('viewer.html', { localCrc: 3 }),
    ['zip/local-header'],
  ],
  ['bytes between entries', () => edited('viewer.html', { before: Buffer.from('hidden') }), ['zip/gap']],
  [
    'a second top folder',
    () => [...entries(), { name: 'other/x.txt', data: Buffer.alloc(0) }],
    ['zip/top-folders'],
  ],
  [
    'a file beside the package folder',
    () => [...entries(), { name: 'x.txt', data: Buffer.alloc(0) }],
    ['zip/top-folders'],
  ],
  [
    'an encrypted entry',
    () => [...entries(), { name: 'sample-001/x', data: Buffer.from('x'), flags: 1 }],
    ['zip/encrypted'],
  ],
  [
    'an unknown method',
    () => [...entries(), { name: 'sample-001/x', data: Buffer.from('x'), method: 99 }],
    ['zip/method'],
  ],
  ['a size that lies', () => edited('viewer.html', { deflate: true, statedSize: 5 }), ['zip/lying-size']],
  [
    'a size that lies the other way',
    () => edited('viewer.html', { deflate: true, statedSize: 5000 }),
    ['zip/lying-size'],
  ],
  [
    'bytes behind the deflate data',
    () =>
      entries().map((entry) =>
        entry.name.endsWith('viewer.html')
          ? {
              ...entry,
              method: 8,
              packed: Buffer.concat([deflateRawSync(entry.data), Buffer.from('hidden')]),
            }
          : entry,
      ),
    ['zip/gap'],
  ],
  [
    'a folder with bytes of its own',
    () => [...entries(), { name: 'sample-001/data/', data: Buffer.from('hidden') }],
    ['zip/gap'],
  ],
  [
    'a second name in an extra field',
    () => edited('viewer.html', { extra: Buffer.from('75700600010000000061', 'hex') }),
    ['zip/local-header'],
  ],
  [
    'damaged deflate data',
    () => edited('viewer.html', { deflate: true, packed: Buffer.from('ffffffff', 'hex') }),
    ['zip/damaged'],
  ],
  [
    'a symbolic link',
    () => [...entries(), { name: 'sample-001/link', data: Buffer.from('/etc/passwd'), mode: 0o120777 }],
    ['path/symlink'],
  ],
  [
    'a device',
    () => [...entries(), { name: 'sample-001/dev', data: Buffer.alloc(0), mode: 0o020666 }],
    ['path/device'],
  ],
  [
    'a twin by case',
    () => [...entries(), { name: 'sample-001/VIEWER.html', data: Buffer.alloc(0) }],
    ['path/twin', 'tag/unlisted'],
  ],
])('%s', async (_, list, ids) => {
  expect(await failing(list())).toEqual(ids);
});

test.each([
  ['/etc/passwd', 'path/absolute'],
  ['../../x', 'path/parent'],
  ['sample-001/../x', 'path/parent'],
  ['sample-001\\..\\x', 'path/parent'],
  ['C:/x', 'path/drive'],
  ['//server/share', 'path/unc'],
  ['\\\\server\\share', 'path/unc'],
  ['~/x', 'path/home'],
  ['sample-001\\x', 'path/backslash'],
  ['sample-001/a\0b', 'path/nul'],
  ['sample-001/a\u001bb', 'path/control'],
  ['sample-001/con', 'path/reserved'],
  ['sample-001/nul.txt', 'path/reserved'],
  ['sample-001/a.', 'path/reserved'],
  ['sample-001/a ', 'path/name'],
  [`sample-001/${'a'.repeat(101)}`, 'path/too-long'],
  [`sample-001/${'a/'.repeat(101)}b`, 'path/too-long'],
  ['sample-001/\u00e9', 'path/name'],
  ['sample-001/.hidden', 'path/name'],
])('the name %j is refused', async (name, id) => {
  expect(await failing([...entries(), { name, data: Buffer.from('x') }])).toEqual([id]);
});

test('bytes before the list of entries, after it, and after the end', async () => {
  expect(await failing(entries(), { beforeCentral: Buffer.from('hidden') })).toEqual(['zip/gap']);
  expect(await failing(entries(), { comment: Buffer.from('hello') })).toEqual(['zip/gap']);
  expect(await failing(entries(), { after: Buffer.from('hidden') })).toEqual(['zip/gap']);
  expect(idsOf(await verifyBytes(Buffer.concat([sealedZip, Buffer.from('x')])))).toEqual(['zip/gap']);
});

test('archives in the zip64 form, as large packages have it, are read without complaint', async () => {
  const path = join(folder.path, 'zip64.zip');
  const zip = new yazl.ZipFile();
  for (let i = 0; i < 3; i++) {
    const options = { compress: i === 1, forceZip64Format: true };
    zip.addReadStream(Readable.from([Buffer.from(`content ${i}`)]), `p/streamed-${i}`, options);
    zip.addBuffer(Buffer.from(`content ${i}`), `p/buffered-${i}`, options);
  }
  zip.end({ forceZip64Format: true, comment: '' });
  await pipeline(zip.outputStream, createWriteStream(path));
  const reader = await openZip(path);
  expect(reader.problems).toEqual([]);
  const read = async (entry: string) => {
    const parts: Buffer[] = [];
    for await (const chunk of reader.open(entry)) parts.push(Buffer.from(chunk));
    return Buffer.concat(parts).toString();
  };
  for (const { path: entry } of reader.entries) expect(await read(entry)).toBe(`content ${entry.at(-1)}`);
  expect(reader.entries).toHaveLength(6);
  await reader.close();
});

test('what unfolds without end is stopped while unfolding, whatever size is stated', async () => {
  const zeros = Buffer.alloc(4 * 2 ** 20);
  const path = join(folder.path, 'bomb.zip');
  await writeFile(path, craftZip([{ name: 'p/zeros', data: zeros, deflate: true }]));
  const reader = await openZip(path, { ...ZIP_LIMITS, ratioFreeBytes: 2 ** 20 });
  const read = async () => {
    let bytes = 0;
    for await (const chunk of reader.open('zeros')) bytes += chunk.length;
    return bytes;
  };
  await expect(read()).rejects.toMatchObject({ problem: { id: 'zip/ratio' } });
  await reader.close();
});

test('more or larger entries than a package may have are refused before reading', async () => {
  const path = join(folder.path, 'large.zip');
  await writeFile(
    path,
    craftZip([
      { name: 'p/a', data: Buffer.alloc(10) },
      { name: 'p/b', data: Buffer.alloc(10) },
    ]),
  );
  const sized = await openZip(path, { ...ZIP_LIMITS, fileBytes: 9 });
  expect(sized.problems.map(({ id }) => id)).toEqual(['zip/size', 'zip/size']);
  await sized.close();
  const total = await openZip(path, { ...ZIP_LIMITS, totalBytes: 15 });
  expect([total.entries.map((e) => e.path), total.problems.map(({ id }) => id)]).toEqual([
    ['a'],
    ['zip/size'],
  ]);
  await total.close();
});

test('a file that is no archive, or half of one, is no package', async () => {
  for (const bytes of [
    Buffer.alloc(0),
    Buffer.from('PK'),
    sealedZip.subarray(0, sealedZip.length / 2),
    deflateRawSync(sealedZip),
  ]) {
    expect(await verifyBytes(bytes)).toMatchObject({ verdict: 'not-a-package', exit: 4 });
  }
});

test('with any byte of a zip altered, what verifies is the sealed content and nothing else', async () => {
  const path = join(folder.path, 'altered.zip');
  let verified = 0;
  for (let at = 0; at < sealedZip.length; at += Math.ceil(sealedZip.length / 97)) {
    const bytes = Buffer.from(sealedZip);
    bytes[at] = (bytes[at] ?? 0) ^ 0x41;
    await writeFile(path, bytes);
    if ((await verifyPackage(path, { fingerprint })).verdict !== 'verified') continue;
    verified++;
    expect(await contentOf(path), `byte ${at}`).toEqual(content);
  }
  expect(verified).toBeLessThan(5); // unused fields of entry headers
});

async function contentOf(path: string): Promise<ReadonlyMap<string, string>> {
  const reader = await openZip(path);
  const found = new Map<string, string>();
  for (const entry of reader.entries) {
    const hash = createHash('sha256');
    for await (const chunk of reader.open(entry.path)) hash.update(chunk);
    found.set(entry.path, hash.digest('hex'));
  }
  await reader.close();
  return found;
}
