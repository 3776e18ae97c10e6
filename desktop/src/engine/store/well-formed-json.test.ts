import { expect, test } from 'vitest';
import { wellFormedJson } from './well-formed-json.ts';

test('half a surrogate pair becomes a replacement character, all else stays', () => {
  const texts = [
    'plain',
    'a\ud800b',
    '\udc00',
    '\ud83d\ude00',
    '\\ud800 as letters',
    'nul \0 \u001f "quoted"',
  ];
  expect(JSON.parse(wellFormedJson(texts))).toEqual([
    'plain',
    'a\ufffdb',
    '\ufffd',
    '\ud83d\ude00',
    '\\ud800 as letters',
    'nul \0 \u001f "quoted"',
  ]);
});
