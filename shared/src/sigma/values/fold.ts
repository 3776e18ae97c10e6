/**
 * Characters whose simple case folding (CaseFolding.txt, status C and S) is not their lower case, with what they
 * fold to. Measured over all code points against `(?i)` of RE2 and `/iu` of ECMAScript, which both are simple folding.
 */
const UNLIKE_LOWER_CASE: readonly (readonly [from: string, to: string])[] = [
  [
    '\u00b5\u017f\u0345\u03c2\u03d0\u03d1\u03d5\u03d6\u03f0\u03f1\u03f5\u1e9b\u1fbe',
    '\u03bcs\u03b9σβθφπκρε\u1e61\u03b9',
  ],
  ['\u1c80\u1c81\u1c82\u1c83\u1c84\u1c85\u1c86\u1c87\u1c88', 'вдостт\u044a\u0463\ua64b'],
  // Letters that came with Unicode 16 and 17: not every engine's lower() knows them yet.
  ['\u1c89\ua7cb\ua7cc\ua7ce\ua7d2\ua7d4\ua7da\ua7dc', '\u1c8a\u0264\ua7cd\ua7cf\ua7d3\ua7d5\ua7db\u019b'],
  [range(0x10d50, 0x10d65), range(0x10d70, 0x10d85)],
  [range(0x16ea0, 0x16eb8), range(0x16ebb, 0x16ed3)],
];

/** What `lower` gets wrong, as the two arguments of SQL's `translate`. */
export const FOLD_FROM = UNLIKE_LOWER_CASE.map(([from]) => from).join('');
export const FOLD_TO = UNLIKE_LOWER_CASE.map(([, to]) => to).join('');

/** İ folds to itself, but lower cases to i: it stands aside as a noncharacter while `lower` works. */
export const DOTTED_I = 'İ';
export const DOTTED_I_ASIDE = '\u{10FFFF}';

const EXCEPTIONS: ReadonlyMap<string, string> = (() => {
  const to = [...FOLD_TO];
  return new Map([...FOLD_FROM].map((from, i) => [from, to[i] ?? from]));
})();

/** `text` under Unicode simple case folding (SIGMA R4): equal folds mean equal texts to people. No locale, no normalisation. */
export function fold(text: string): string {
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  let folded = '';
  for (const character of text) folded += foldOne(character);
  return folded;
}

function foldOne(character: string): string {
  if (character === DOTTED_I) return DOTTED_I_ASIDE;
  const lower = character.toLowerCase();
  const one = EXCEPTIONS.get(character) ?? lower;
  return EXCEPTIONS.get(one) ?? one;
}

function range(from: number, to: number): string {
  let text = '';
  for (let code = from; code <= to; code++) text += String.fromCodePoint(code);
  return text;
}
