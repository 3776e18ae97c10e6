import { expect, test } from 'vitest';
import { Xxh64 } from './xxh64.ts';

const ascii = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));

const digest = (bytes: Uint8Array, piece = 1 << 20) => {
  const hash = new Xxh64();
  for (let at = 0; at < bytes.length; at += piece) hash.update(bytes.subarray(at, at + piece));
  return hash.digest().toString(16).padStart(16, '0');
};

// As xxhsum gives them.
test.each([
  ['', 'ef46db3751d8e999'],
  ['a', 'd24ec4f1a98c6e5b'],
  ['abc', '44bc2cf5ad770999'],
  ['Nobody inspects the spammish repetition', 'fbcea83c8a378bf1'],
])('%j', (text, expected) => {
  expect(digest(ascii(text))).toBe(expected);
});

test('bytes in pieces of any length give one digest', () => {
  const bytes = Uint8Array.from({ length: 1000 }, (_, i) => (i * 7919) % 256);
  for (const piece of [1, 7, 31, 32, 33, 500]) expect(digest(bytes, piece)).toBe(digest(bytes));
});
