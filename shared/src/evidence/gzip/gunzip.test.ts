import { constants, gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { gunzip } from './gunzip.ts';

/** Some lines that pack well, some bytes that do not, and a run: each kind of block and copy comes up. */
const LINES = Array.from(
  { length: 9000 },
  (_, n) => `2026-11-20 10:${n % 60}, user ${n % 7}, SELECT ${n * 31}\n`,
);
const NOISE = Uint8Array.from({ length: 70_000 }, (_, n) => Math.imul(n + 1, 0x9e3779b1) >>> 13);
const CONTENT = Buffer.concat([Buffer.from(LINES.join('')), NOISE, Buffer.alloc(90_000, 7)]);

const PACKINGS = [
  { level: 0 },
  { level: 1 },
  { level: 9 },
  { memLevel: 1 },
  { strategy: constants.Z_FIXED },
  { strategy: constants.Z_HUFFMAN_ONLY },
  { strategy: constants.Z_RLE },
];

async function unpacked(data: Uint8Array, chunk = data.length) {
  const chunks = async function* () {
    for (let at = 0; at < data.length; at += chunk) yield data.slice(at, at + chunk);
  };
  const reading = gunzip(chunks());
  const parts: Buffer[] = [];
  for (;;) {
    const next = await reading.next();
    if (next.done === true) return { ...next.value, bytes: Buffer.concat(parts) };
    parts.push(Buffer.from(next.value));
  }
}

test.each(PACKINGS)('what zlib packed with %o comes out, in whatever chunks it arrives', async (packing) => {
  const packed = gzipSync(CONTENT, packing);
  for (const chunk of [601, 65_536, packed.length]) {
    const { bytes, ...ended } = await unpacked(packed, chunk);
    expect(bytes.equals(CONTENT)).toBe(true);
    expect(ended).toEqual({ used: packed.length, given: CONTENT.length, end: 'whole' });
  }
});

test.each(PACKINGS)('of a file cut anywhere (%o), all that zlib can give comes out', async (packing) => {
  const packed = gzipSync(CONTENT, packing);
  for (let at = 11; at < packed.length; at += 1 + Math.floor(packed.length / 13)) {
    const { bytes, ...ended } = await unpacked(packed.subarray(0, at), 30_000);
    const expected = gunzipSync(packed.subarray(0, at), { finishFlush: constants.Z_SYNC_FLUSH });
    expect(ended).toEqual({ used: at, given: expected.length, end: 'cut' });
    expect(bytes.equals(expected)).toBe(true);
  }
});

test('a cut is one in head, trailer and between the members of a file too', async () => {
  const one = gzipSync('one');
  const named = Buffer.concat([
    one.subarray(0, 3),
    Buffer.from([8]),
    one.subarray(4, 10),
    Buffer.from('name\0'),
  ]);
  const whole = Buffer.concat([named, one.subarray(10), one]);
  expect(await unpacked(whole, 1)).toMatchObject({ given: 6, end: 'whole' });
  const first = whole.length - one.length;
  for (let at = 1; at < whole.length; at++) {
    const { bytes, end } = await unpacked(whole.subarray(0, at), 7);
    expect([at, end]).toEqual([at, at === first ? 'whole' : 'cut']);
    expect('oneone'.startsWith(bytes.toString())).toBe(true);
  }
});

test('what follows the last member is left alone, and where it begins is told', async () => {
  const packed = gzipSync('text');
  for (const rest of ['rest', '\0', '\x1f\x8bno member'])
    expect(await unpacked(Buffer.concat([packed, packed, Buffer.from(rest, 'latin1')]), 9)).toMatchObject({
      used: 2 * packed.length,
      given: 8,
      end: 'followed',
    });
});

test('no altered byte goes unseen, but for those of the head that say nothing of the content', async () => {
  const text = LINES.slice(0, 40).join('');
  const packed = gzipSync(text);
  for (let at = 10; at < packed.length; at++) {
    const altered = Uint8Array.from(packed);
    altered[at] = (altered[at] ?? 0) ^ (1 << (at % 8));
    const seen = await unpacked(altered).then(
      ({ end, bytes }) => end !== 'whole' || bytes.toString() === text,
      () => true,
    );
    expect([at, seen]).toEqual([at, true]);
  }
  await expect(unpacked(Buffer.from('no gzip at all'))).rejects.toThrow('no gzip member at byte 0');
});
