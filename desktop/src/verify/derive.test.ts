import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { derive } from './derive.ts';

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
  for await (const chunk of derive(derivation, reused(data)) ?? []) parts.push(Buffer.from(chunk));
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
  await expect(read('unzstd', Buffer.concat([ZSTD, Buffer.from('rest')]))).rejects.toThrow(
    `no zstd frame at byte ${ZSTD.length}`,
  );
});

test('a derivation of a later version is not guessed at', () => {
  for (const name of ['zip-member:0', 'toString', '']) expect(derive(name, reused(ZSTD))).toBeUndefined();
});
