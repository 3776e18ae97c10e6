import { expect, test } from 'vitest';
import { equalBytes, fromBase64, fromHex, toBase64, toHex } from './encoding.ts';

test('base 64 agrees with Node at every length and reads back', () => {
  for (let n = 0; n < 70; n++) {
    const bytes = Uint8Array.from({ length: n }, (_, i) => (i * 151 + n * 7) & 255);
    expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    expect(fromBase64(toBase64(bytes))).toEqual(bytes);
    expect(fromHex(toHex(bytes))).toEqual(bytes);
  }
});

test('one value has one spelling', () => {
  for (const text of [
    'A',
    'AA',
    'AAA',
    'AA=',
    'A===',
    'AB==',
    'AAB=',
    'AAAA\n',
    ' AAAA',
    'AA-_',
    'AA=A',
    '====',
  ]) {
    expect(fromBase64(text), text).toBeUndefined();
  }
  for (const text of ['A', 'AB', 'a', 'zz']) expect(fromHex(text), text).toBeUndefined();
});

test('bytes are equal only when all are', () => {
  expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
  expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
  expect(equalBytes(Uint8Array.of(1), Uint8Array.of(1, 0))).toBe(false);
});
