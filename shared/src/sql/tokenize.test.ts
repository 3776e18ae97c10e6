import { describe, expect, it } from 'vitest';
import { randomTexts } from './fixtures/random-texts.ts';
import { DIALECTS } from './index.ts';
import type { Token } from './token.ts';

/** Tokens are in order, do not overlap, are not empty; between them is white space only. */
function expectTiling(text: string, tokens: readonly Token[]): void {
  let at = 0;
  for (const token of tokens) {
    expect(text.slice(at, token.from)).toMatch(/^[\t\n\v\f\r ]*$/);
    expect(token.to).toBeGreaterThan(token.from);
    at = token.to;
  }
  expect(at).toBeLessThanOrEqual(text.length);
  expect(text.slice(at)).toMatch(/^[\t\n\v\f\r ]*$/);
}

describe.each(DIALECTS)('$id', (dialect) => {
  it('tiles any text with tokens and white space', () => {
    for (const text of randomTexts(1000)) expectTiling(text, dialect.tokenize(text));
  });

  it('tiles every prefix of a statement', () => {
    const text = `/* a */ SELECT E'x\\'', U&"d\\0061", $a$ b $a$, \`c\`, 0x1F, '2'::int -- d\n FROM t WHERE a <> -.5; # e`;
    for (let i = 0; i <= text.length; i++) expectTiling(text.slice(0, i), dialect.tokenize(text.slice(0, i)));
  });
});

/** Tokens as `kind text`, an open one with an ellipsis. */
function shown(id: 'postgresql' | 'mysql', text: string): string[] {
  const dialect = DIALECTS.find((known) => known.id === id) ?? DIALECTS[0];
  return dialect
    .tokenize(text)
    .map((token) => `${token.kind} ${text.slice(token.from, token.to)}${token.open ? '…' : ''}`);
}

describe('postgresql', () => {
  it.each<[string, string[]]>([
    [`$$a'$$ $x$ $$ $x$ $1`, [`string $$a'$$`, 'string $x$ $$ $x$', 'param $1']],
    [`'a\\' E'b\\'c' 'd''e'`, [`string 'a\\'`, `string E'b\\'c'`, `string 'd''e'`]],
    [
      `U&"d\\0061" U&'x' B'01' X'ff' N'n'`,
      [`quoted U&"d\\0061"`, `string U&'x'`, `string B'01'`, `string X'ff'`, `string N'n'`],
    ],
    ['a/* b /* c */ d */e', ['word a', 'comment /* b /* c */ d */', 'word e']],
    ['/* a /* b */', ['comment /* a /* b */…']],
    [`'open`, [`string 'open…`]],
    ['$a$ open', ['string $a$ open…']],
    ['a-- b\rc', ['word a', 'comment -- b', 'word c']],
    ['1-2*-3', ['number 1', 'operator -', 'number 2', 'operator *', 'operator -', 'number 3']],
    ['a@-b', ['word a', 'operator @-', 'word b']],
    ['a+-b', ['word a', 'operator +', 'operator -', 'word b']],
    ['a<>--b', ['word a', 'operator <>', 'comment --b']],
    ['x::int[]', ['word x', 'operator ::', 'word int', 'punct [', 'punct ]']],
    ['1..2 .5 1_000 1e-3', ['number 1', 'punct .', 'number .2', 'number .5', 'number 1_000', 'number 1e-3']],
    ['\\copy t to x\nselect', ['meta \\copy', 'word t', 'word to', 'word x', 'end \n', 'word select']],
    ['é_1$2', ['word é_1$2']],
  ])('%s', (text, tokens) => {
    expect(shown('postgresql', text)).toEqual(tokens);
  });
});

describe('mysql', () => {
  it.each<[string, string[]]>([
    ["`a``b` \"c\" 'd\\'e'", ['quoted `a``b`', 'string "c"', "string 'd\\'e'"]],
    [
      'a # b\nc --d\n-- e',
      ['word a', 'comment # b', 'word c', 'operator -', 'operator -', 'word d', 'comment -- e'],
    ],
    ['/*!50001 SELECT */ 1', ['comment /*!50001', 'word SELECT', 'comment */', 'number 1']],
    ['/*M!100100 x */', ['comment /*M!100100', 'word x', 'comment */']],
    ['/* a /* b */ c', ['comment /* a /* b */', 'word c']],
    [
      "_utf8mb4'x' n'y' x'ff' 0xff b'1'",
      ["string _utf8mb4'x'", "string n'y'", "string x'ff'", 'number 0xff', "string b'1'"],
    ],
    [
      "@a @@global.b 'u'@'h' u@`h`",
      ['param @a', 'param @@global.b', "string 'u'", "param @'h'", 'word u', 'param @`h`'],
    ],
    ['2024_sales 1e5', ['word 2024_sales', 'number 1e5']],
    ['DELIMITER //\na; b//c', ['meta DELIMITER //', 'word a', 'operator ;', 'word b', 'end //', 'word c']],
  ])('%s', (text, tokens) => {
    expect(shown('mysql', text)).toEqual(tokens);
  });
});
