import { describe, expect, it } from 'vitest';
import { nodeByteText } from './node-byte-text.ts';

const text = nodeByteText();

describe('bytes and text by Buffer', () => {
  it('decodes UTF-8 inside a larger array and refuses what is not UTF-8', () => {
    const bytes = new Uint8Array(Buffer.from('__žluťoučký 🐎__', 'utf8'));
    expect(text.utf8(bytes, 2, bytes.length - 2)).toBe('žluťoučký 🐎');
    expect(text.utf8(bytes, 3, bytes.length)).toBeUndefined();
    expect(text.utf8(Uint8Array.of(0xed, 0xa0, 0x80), 0, 3)).toBeUndefined();
    expect(text.utf8(Uint8Array.of(0xc0, 0x80), 0, 2)).toBeUndefined();
  });

  it('keeps a byte order mark and NUL, and has one unit a byte in latin1', () => {
    expect(text.utf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0, 65), 0, 5)).toBe('\ufeff\0A');
    expect(text.latin1(Uint8Array.of(0x80, 0xe9, 0), 0, 3)).toBe('\u0080é\0');
  });

  it('sees another array, and what was written into the same one', () => {
    const bytes = Uint8Array.of(65, 66);
    expect(text.latin1(bytes, 0, 2)).toBe('AB');
    bytes[0] = 67;
    expect(text.latin1(bytes, 0, 2)).toBe('CB');
    expect(text.latin1(new Uint8Array(bytes.buffer, 1, 1), 0, 1)).toBe('B');
  });

  it('encodes as UTF-8', () => {
    expect([...text.encode('é€')]).toEqual([0xc3, 0xa9, 0xe2, 0x82, 0xac]);
  });
});
