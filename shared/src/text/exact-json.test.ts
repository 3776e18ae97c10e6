import { expect, test } from 'vitest';
import { parseExactJson } from './exact-json.ts';

test('whole numbers keep their digits, all else is as ECMAScript reads it', () => {
  const texts = [
    '{"id": 9007199254740993, "n": [-18446744073709551615, 1.5, 1234567890123456.5, 1e400, 0], "t": "9007199254740993"}',
    '{"a":{"__proto__":1,"x\\"}{":[{}, [], true, null, "\\u0041\\\\"]},"k":1234567890123456}',
    ' 9007199254740991 ',
    '{"a":1,"a":9007199254740993}',
  ];
  expect(texts.map(parseExactJson)).toEqual([
    {
      value: {
        id: 9007199254740993n,
        n: [-18446744073709551615n, 1.5, 1234567890123456.5, Number.POSITIVE_INFINITY, 0],
        t: '9007199254740993',
      },
    },
    { value: JSON.parse(texts[1] ?? '') },
    { value: 9007199254740991 },
    { value: { a: 9007199254740993n } },
  ]);
});

test('what is no JSON, or nested beyond reason, is a fault and never an exception', () => {
  for (const text of [
    '',
    '{',
    '{"a":}',
    '[1,]',
    `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    '01',
    "{'a':1}",
  ])
    expect(parseExactJson(text), text.slice(0, 20)).toEqual({ fault: expect.any(String) });
  expect(parseExactJson(`"${'['.repeat(1000)}"`)).toEqual({ value: '['.repeat(1000) });
});
