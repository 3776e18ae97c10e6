import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { FileHasher } from './file-hasher.ts';
import { withNodeHost } from './node-host.ts';

const LARGE = 2 ** 24; // as stated: the way is chosen by that, not by what comes
const DATA = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31 + (i >> 8)) & 255));

/** Chunks in one buffer that is used again, as readers give them. */
async function* reused(data: Uint8Array, step: number): AsyncIterable<Uint8Array> {
  const buffer = new Uint8Array(step);
  for (let at = 0; at < data.length; at += step) {
    const part = data.subarray(at, at + step);
    buffer.set(part);
    yield buffer.subarray(0, part.length);
    buffer.fill(0);
  }
}

const expected = (data: Uint8Array) => {
  const hasher = new FileHasher('digests and leaves');
  hasher.update(data);
  return hasher.finish();
};

test('a large file hashes on two cores to what it hashes on one, and so does the next', async () => {
  await withNodeHost(async (host) => {
    for (const [data, step] of [
      [DATA, 7777],
      [DATA.subarray(1), 100_000],
      [Buffer.alloc(0), 10],
    ] as const) {
      expect(await host.hashFile(reused(data, step), 'digests and leaves', LARGE)).toEqual(expected(data));
      expect(await host.hashFile(reused(data, step), 'digests and leaves', data.length)).toEqual(
        expected(data),
      );
    }
  });
});

test('a file that cannot be read to its end leaves nothing behind for the next', async () => {
  async function* broken(): AsyncIterable<Uint8Array> {
    yield DATA;
    throw new Error('unreadable');
  }
  await withNodeHost(async (host) => {
    await expect(host.hashFile(broken(), 'digests', LARGE)).rejects.toThrow('unreadable');
    const { sha512 } = await host.hashFile(reused(DATA, 5000), 'digests', LARGE);
    expect(sha512).toBe(createHash('sha512').update(DATA).digest('hex'));
  });
});
