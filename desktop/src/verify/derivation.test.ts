import { gzipSync } from 'node:zlib';
import { derive } from '@dbwitness/shared/evidence/derivation.ts';
import { Decompress } from 'fzstd';
import { expect, test } from 'vitest';

const TEXT = 'hello hello hello hello\nrecord two\n';
/** `TEXT`, packed by zstd 1.5 at level 19. */
const ZSTD = Buffer.from('KLUv/SQjxQAAkGhlbGxvIApyZWNvcmQgdHdvCgEAmUsRYvIniA==', 'base64');

/** Gives bytes in small chunks out of one buffer that is used again, as readers of packages do. */
async function* reused(data: Uint8Array): AsyncIterable<Uint8Array> {
  const buffer = new Uint8Array(5);
  for (let at = 0; at < data.length; at += buffer.length) {
    const part = data.subarray(at, at + buffer.length);
    buffer.set(part);
    yield buffer.subarray(0, part.length);
    buffer.fill(0xff);
  }
}

const read = async (derivation: string, data: Uint8Array) => {
  const parts: Buffer[] = [];
  const chunks = derive(derivation, reused(data), (take) => new Decompress(take));
  for await (const chunk of chunks ?? []) parts.push(Buffer.from(chunk));
  return Buffer.concat(parts).toString();
};

test('compressed exhibits are derived again to the same bytes', async () => {
  expect(await read('gunzip', gzipSync(TEXT))).toBe(TEXT);
  expect(await read('gunzip', Buffer.concat([gzipSync('a'), gzipSync('b')]))).toBe('ab');
  expect(await read('unzstd', ZSTD)).toBe(TEXT);
});

test('damaged ones end in an error and not in fewer bytes', async () => {
  await expect(read('gunzip', gzipSync(TEXT).subarray(0, 20))).rejects.toThrow();
  await expect(read('unzstd', ZSTD.subarray(0, 20))).rejects.toThrow();
});

test('a zstd frame whose content is not that of its checksum or length is damaged', async () => {
  const checksum = Buffer.from(ZSTD);
  checksum[checksum.length - 1] = (checksum.at(-1) ?? 0) ^ 1;
  await expect(read('unzstd', checksum)).rejects.toThrow('checksum');
  const length = Buffer.from(ZSTD);
  length[5] = (length[5] ?? 0) + 1;
  await expect(read('unzstd', length)).rejects.toThrow('states');
});

test('frames follow each other, also such as hold nothing to unpack', async () => {
  const skippable = Buffer.from('502a4d1803000000616263', 'hex');
  expect(await read('unzstd', Buffer.concat([ZSTD, skippable, ZSTD]))).toBe(TEXT + TEXT);
});

test('a derivation of a later version is not guessed at', () => {
  for (const name of [
    'zip-member:0',
    'toString',
    '',
    'gunzip-prefix',
    'gunzip-prefix:1',
    'gunzip-suffix:1:2',
  ])
    expect(derive(name, reused(ZSTD), (take) => new Decompress(take))).toBeUndefined();
});

test('a prefix is derived again only where the file breaks off, or other bytes follow, just as it says', async () => {
  const [gz, rest] = [gzipSync(TEXT), Buffer.from('rest')];
  const cut = Buffer.concat([gz, gzipSync(TEXT).subarray(0, -1)]);
  expect(await read(`gunzip-prefix:${cut.length}:${2 * TEXT.length}`, cut)).toBe(TEXT + TEXT);
  expect(await read(`gunzip-prefix:${gz.length}:${TEXT.length}`, Buffer.concat([gz, rest]))).toBe(TEXT);
  const zstd = Buffer.concat([ZSTD, ZSTD.subarray(0, -5)]);
  expect(await read(`unzstd-prefix:${zstd.length}:${TEXT.length}`, zstd)).toBe(TEXT);
  expect(await read(`unzstd-prefix:${ZSTD.length}:${TEXT.length}`, Buffer.concat([ZSTD, rest]))).toBe(TEXT);
  // What is said to break off and does not would leave records out.
  const whole = Buffer.concat([gz, gz]);
  for (const said of [
    `gunzip-prefix:${gz.length}:${TEXT.length}`,
    `gunzip-prefix:${whole.length}:${2 * TEXT.length}`,
  ])
    await expect(read(said, whole)).rejects.toThrow('what comes out is gunzip');
  await expect(read('gunzip', Buffer.concat([gz, rest]))).rejects.toThrow('gunzip-prefix');
});

test('of a cut zstd file, every whole block comes out', async () => {
  const blocks = Buffer.concat([stored('first '), stored('second '), Buffer.from([1, 0, 0])]);
  const frame = Buffer.concat([Buffer.from('28b52ffd0050', 'hex'), blocks]);
  const end = frame.length;
  const given = [
    [end, 13],
    [end - 1, 13],
    [end - 4, 6],
    [16, 6],
    [15, 6],
    [14, 0],
    [5, 0],
    [3, 0],
  ] as const;
  for (const [length, bytes] of given) {
    const name = length === end ? 'unzstd' : `unzstd-prefix:${length}:${bytes}`;
    expect(await read(name, frame.subarray(0, length))).toBe('first second '.slice(0, bytes));
  }
});

function stored(text: string): Buffer {
  const block = Buffer.alloc(3 + text.length);
  block.writeUIntLE(text.length << 3, 0, 3);
  block.write(text, 3);
  return block;
}
