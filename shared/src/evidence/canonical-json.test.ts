import { expect, test } from 'vitest';
import { canonicalJson, evidenceJson, type Json, readCanonicalJson } from './canonical-json.ts';

const double = (hex: string) => Buffer.from(hex, 'hex').readDoubleBE(0);

test('the sample of RFC 8785 section 3.2.2 comes out as section 3.2.3 shows it', () => {
  const sample = JSON.parse(String.raw`{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  }`) as Json;
  expect(canonicalJson(sample)).toBe(
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  );
});

test('members are sorted by UTF-16 code units (RFC 8785 section 3.2.3)', () => {
  const sample = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\ud83d\ude00': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  };
  const values = [...canonicalJson(sample).matchAll(/:"(.*?)"/g)].map((match) => match[1]);
  expect(values).toEqual([
    'Carriage Return',
    'One',
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Euro Sign',
    'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ]);
  expect(canonicalJson({ '10': 1, '9': 2, a: 3, A: 4, '': 5 })).toBe('{"":5,"10":1,"9":2,"A":4,"a":3}');
});

test.each([
  ['0000000000000000', '0'],
  ['8000000000000000', '0'],
  ['0000000000000001', '5e-324'],
  ['8000000000000001', '-5e-324'],
  ['7fefffffffffffff', '1.7976931348623157e+308'],
  ['ffefffffffffffff', '-1.7976931348623157e+308'],
  ['4340000000000000', '9007199254740992'],
  ['c340000000000000', '-9007199254740992'],
  ['4430000000000000', '295147905179352830000'],
  ['44b52d02c7e14af5', '9.999999999999997e+22'],
  ['44b52d02c7e14af6', '1e+23'],
  ['44b52d02c7e14af7', '1.0000000000000001e+23'],
  ['444b1ae4d6e2ef4e', '999999999999999700000'],
  ['444b1ae4d6e2ef4f', '999999999999999900000'],
  ['444b1ae4d6e2ef50', '1e+21'],
  ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
  ['3eb0c6f7a0b5ed8d', '0.000001'],
  ['41b3de4355555553', '333333333.3333332'],
  ['41b3de4355555554', '333333333.33333325'],
  ['41b3de4355555555', '333333333.3333333'],
  ['becbf647612f3696', '-0.0000033333333333333333'],
  ['43143ff3c1cb0959', '1424953923781206.2'],
])('the double %s is written %s (RFC 8785 appendix B)', (hex, text) => {
  expect(canonicalJson(double(hex))).toBe(text);
});

test('what I-JSON forbids is refused before anything is written', () => {
  for (const bad of [
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '\ud800',
    { '\udc00': 1 },
    { a: undefined },
    [1n],
  ]) {
    expect(() => canonicalJson(bad as unknown as Json)).toThrow(RangeError);
  }
  let deep: Json = 0;
  for (let i = 0; i < 100_000; i++) deep = [deep];
  expect(() => canonicalJson(deep)).toThrow(RangeError);
});

test('evidence documents hold exact integers only', () => {
  expect(evidenceJson({ n: 2 ** 53 - 1 })).toBe('{"n":9007199254740991}');
  for (const n of [0.5, 2 ** 53, -(2 ** 53)]) expect(() => evidenceJson({ n })).toThrow(RangeError);
});

test('reading accepts the one canonical text and nothing else', () => {
  expect(readCanonicalJson('{"a":[1,null],"b":"é"}')).toEqual({ a: [1, null], b: 'é' });
  for (const text of [
    '{"a":1,"a":1}',
    '{"a": 1}',
    '{"b":1,"a":2}',
    '1.0',
    '"\\u00e9"',
    '"\\ud800"',
    '1 ',
    '',
    '{',
    `${'['.repeat(9000)}`,
  ]) {
    expect(readCanonicalJson(text), text).toBeUndefined();
  }
});
