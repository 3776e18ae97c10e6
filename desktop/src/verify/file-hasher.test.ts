import { createHash } from 'node:crypto';
import { leafHash, packHashes } from '@dbwitness/shared/evidence/merkle.ts';
import { expect, test } from 'vitest';
import { FileHasher } from './file-hasher.ts';
import { nodePrimitives } from './node-host.ts';

const DATA = Buffer.from(Uint8Array.from({ length: 200_000 }, (_, i) => (i * 31 + (i >> 8)) & 255));

const hashed = (data: Uint8Array, step: number) => {
  const hasher = new FileHasher('digests and leaves');
  for (let at = 0; at < data.length; at += step) hasher.update(data.subarray(at, at + step));
  return hasher.finish();
};

test.each([0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])(
  '%i bytes hash alike however they are cut',
  (length) => {
    const data = DATA.subarray(0, length);
    const blocks = Array.from({ length: Math.ceil(length / 65_536) }, (_, i) =>
      data.subarray(i * 65_536, (i + 1) * 65_536),
    );
    const expected = {
      length,
      sha256: createHash('sha256').update(data).digest('hex'),
      sha512: createHash('sha512').update(data).digest('hex'),
      leaves: packHashes(blocks.map((block) => leafHash(nodePrimitives.sha256, block))),
    };
    for (const step of [7, 1000, 65_536, 99_999, 1 << 20]) expect(hashed(data, step)).toEqual(expected);
  },
);

test('leaves are made only when asked for', () => {
  const hasher = new FileHasher('digests');
  hasher.update(DATA);
  expect(hasher.finish().leaves).toHaveLength(0);
});
