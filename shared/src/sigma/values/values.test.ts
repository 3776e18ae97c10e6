import { describe, expect, it } from 'vitest';
import { parseTimespan } from '../correlation/timespan.ts';
import { base64, base64Offsets } from './base64.ts';
import { fold } from './fold.ts';
import { literalText, parsePattern, showPattern } from './pattern.ts';
import { canonicalText, numberOf } from './scalar.ts';
import { utf8, utf16 } from './text-bytes.ts';

describe('values', () => {
  // biome-ignore format: a table of cases
  it.each([
    ['\\*', '*'], ['\\\\', '\\'], ['\\x', '\\x'], ['\\\\x', '\\x'], ['a\\', 'a\\'], ['\\\\\\\\', '\\\\'], ['\\\\\\*', '\\*'], ['%TEMP%', '%TEMP%'],
  ])('V3: %s is the text %s', (value, text) => {
    expect(literalText(parsePattern(value))).toBe(text);
  });

  it('V3: two backslashes before a star are one backslash and a wildcard', () => {
    expect(parsePattern('a\\\\*')).toEqual([{ kind: 'text', text: 'a\\' }, { kind: 'any' }]);
  });

  it.each(['a*b?c', '\\*x', 'plain', '***', 'a\\\\*'])(
    'shows %s as a pattern that reads the same',
    (value) => {
      const pattern = parsePattern(value);
      expect(parsePattern(showPattern(pattern))).toEqual(pattern);
    },
  );

  it('R4: folds as /iu does, for every character that has another case', () => {
    // /iu is simple case folding, the relation of RE2's (?i) too: an oracle that this file did not write.
    const wrong: string[] = [];
    for (let code = 1; code < 0x20000; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const one = String.fromCodePoint(code);
      for (const other of new Set([one.toLowerCase(), one.toUpperCase(), fold(one)])) {
        if ([...other].length !== 1 || other === one || /[\\^$.*+?()[\]{}|/-]/.test(one)) continue;
        if (
          new RegExp(`^${one}$`, 'iu').test(other) !== (fold(one) === fold(other)) &&
          fold(one) !== '\u{10FFFF}'
        ) {
          wrong.push(`U+${code.toString(16)} ${other}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('R4: keeps apart what is not the same letter', () => {
    expect(fold('İ')).not.toBe(fold('i'));
    expect(fold('ı')).not.toBe(fold('i'));
    expect(fold('ß')).not.toBe(fold('ss'));
    expect(fold('GROẞ')).toBe(fold('groß'));
  });

  it.each(['', 'a', 'ab', 'abc', 'Zürich', '\u{1f600}x'])('encodes %j as Node does', (text) => {
    expect(base64(utf8(text))).toBe(Buffer.from(text).toString('base64'));
    expect([...utf16(text, 'little')]).toEqual([...Buffer.from(text, 'utf16le')]);
  });

  it.each(['foobar', 'Zürich', 'ab', '/bin/sh'])('finds %j inside Base64 at every place', (text) => {
    for (const [shift, needle] of base64Offsets(utf8(text)).entries()) {
      for (const after of ['', 'q', 'qq', 'qqq']) {
        expect(Buffer.from('xyz'.slice(0, shift) + text + after).toString('base64')).toContain(needle);
      }
    }
  });

  it('R8, R9: numbers and booleans as text', () => {
    expect([5, 5.0, 0.5, 10n ** 20n, 1e21, true].map(canonicalText)).toEqual([
      '5',
      '5',
      '0.5',
      '100000000000000000000',
      '1000000000000000000000',
      'true',
    ]);
  });

  it('R10: what counts as a number', () => {
    expect(
      ['5', '+5', '-1.5', '1e3', ' 5', '5.', '.5', '0x5', '1_0', 'inf', '', undefined].map(numberOf),
    ).toEqual([5, 5, -1.5, 1000, ...Array(8).fill(undefined)]);
  });

  it('K14: timespans', () => {
    expect(['90s', '5m', '1h', '2d', '1w'].map(parseTimespan)).toEqual([
      90e6, 300e6, 3600e6, 172_800e6, 604_800e6,
    ]);
    expect(['0s', '-5m', '5 m', '5', 'm', '1.5h', ''].map(parseTimespan)).toEqual(Array(7).fill(undefined));
  });
});
