import { expect, test } from 'vitest';
import { toHex } from '../encoding.ts';
import { tools } from '../fixtures/node-primitives.ts';
import { digestRanges } from './digest-ranges.ts';

const DATA = Uint8Array.from({ length: 100 }, (_, i) => i);

/** Chunks out of one Node Buffer that is used again: what must not be kept is overwritten. */
async function* reused(step: number): AsyncIterable<Uint8Array> {
  const buffer = Buffer.alloc(step);
  for (let at = 0; at < DATA.length; at += step) {
    const part = DATA.subarray(at, at + step);
    buffer.set(part);
    yield buffer.subarray(0, part.length);
    buffer.fill(0);
  }
}

test('ranges are digested in passing, overlapping and across chunks, and the bytes pass through', async () => {
  const wanted = [
    { id: 'all', from: 0, to: 100 },
    { id: 'middle', from: 9, to: 55 },
    { id: 'same', from: 9, to: 55 },
    { id: 'one', from: 99, to: 100 },
    { id: 'beyond', from: 90, to: 101 },
  ];
  for (const step of [1, 7, 10, 100, 200]) {
    const found = new Map<string, string>();
    const passed: number[] = [];
    for await (const chunk of digestRanges(tools.sha256, reused(step), wanted, (id, digest) =>
      found.set(id, digest),
    ))
      passed.push(...chunk);
    expect(passed).toEqual([...DATA]);
    const digest = (from: number, to: number) => toHex(tools.sha256(DATA.slice(from, to)));
    expect(Object.fromEntries(found)).toEqual({
      all: digest(0, 100),
      middle: digest(9, 55),
      same: digest(9, 55),
      one: digest(99, 100),
    });
  }
});

test('hostile proofs that would hold more than memory are left without a digest', async () => {
  const wanted = Array.from({ length: 300 }, (_, i) => ({ id: String(i), from: 0, to: 2 ** 20 }));
  async function* large(): AsyncIterable<Uint8Array> {
    for (let i = 0; i < 2; i++) yield new Uint8Array(2 ** 19);
  }
  let found = 0;
  for await (const _ of digestRanges(tools.sha256, large(), wanted, () => found++)) void _;
  expect(found).toBe(256);
});
