import { canonicalText } from '../values/scalar.ts';
import type { DocumentFields, DocumentValue } from './document.ts';

/** The texts that rules compare: none, one or several. */
export type Texts = undefined | string | readonly string[];

/**
 * What a value is to a rule: canonical text (SIGMA R8, R9); of an array, of each member, nested ones too (R16); nothing for
 * null and an empty array (R2). An object is its JSON.
 */
export function textsOf(value: DocumentValue): Texts {
  if (typeof value === 'string') return wellFormed(value);
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'object') return scalarText(value);
  if (!Array.isArray(value)) return wellFormed(jsonText(value));
  let texts: Texts;
  for (const member of value as readonly DocumentValue[]) texts = joinTexts(texts, textsOf(member));
  return texts;
}

/** The texts of both. */
export function joinTexts(one: Texts, other: Texts): Texts {
  if (one === undefined || other === undefined) return one ?? other;
  return [...(typeof one === 'string' ? [one] : one), ...(typeof other === 'string' ? [other] : other)];
}

/** Every scalar of an event as canonical text, at any depth: what keywords look at (SIGMA R11). */
export function allTexts(fields: DocumentFields): readonly string[] {
  const texts: string[] = [];
  const take = (value: DocumentValue): void => {
    if (typeof value === 'string') texts.push(wellFormed(value));
    else if (value === null || value === undefined) return;
    else if (typeof value !== 'object') texts.push(scalarText(value));
    else if (Array.isArray(value)) for (const member of value) take(member);
    else for (const name of Object.keys(value)) take((value as DocumentFields)[name]);
  };
  take(fields);
  return texts;
}

function scalarText(value: number | bigint | boolean): string {
  // The common case first: what follows goes through a big integer.
  return Number.isSafeInteger(value) ? String(value) : canonicalText(value);
}

/** Half of a surrogate pair has no UTF-8: it is U+FFFD to every engine. */
function wellFormed(text: string): string {
  return LONE_SURROGATE.test(text) ? text.replace(LONE_SURROGATES, '\ufffd') : text;
}

const LONE_SURROGATE = /\p{Surrogate}/u;
const LONE_SURROGATES = /\p{Surrogate}/gu;

function jsonText(value: DocumentValue): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object') return scalarText(value);
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  const members = Object.entries(value).map(
    ([name, member]) => `${JSON.stringify(name)}:${jsonText(member)}`,
  );
  return `{${members.join(',')}}`;
}
