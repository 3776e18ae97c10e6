import type { SqlDialect } from './dialect.ts';
import { KEYWORDS } from './keywords.ts';
import type { Token } from './token.ts';

/**
 * The shape of a text: literals and parameters are `?`, lists of literals and repeated rows are one, comments are gone,
 * white space is one blank, key words are upper case, identifiers as the dialect stores them.
 * Equal for texts that differ in these only; a fingerprint's fingerprint is itself.
 */
export function fingerprint(dialect: SqlDialect, text: string, tokens: readonly Token[]): string {
  const parts: string[] = [];
  for (const token of tokens) {
    switch (token.kind) {
      case 'comment':
        break;
      case 'string':
      case 'number':
        literal(parts);
        break;
      case 'param':
        if (text.charCodeAt(token.from) === 0x24) literal(parts);
        else parts.push(text.slice(token.from, token.to));
        break;
      case 'word': {
        const raw = text.slice(token.from, token.to);
        const upper = raw.toUpperCase();
        parts.push(KEYWORDS.has(upper) ? upper : dialect.fold(raw));
        break;
      }
      case 'end': {
        const mark = text.slice(token.from, token.to);
        parts.push(mark === '\n' ? ';' : mark);
        break;
      }
      case 'quoted':
      case 'operator':
      case 'meta':
        parts.push(text.slice(token.from, token.to));
        break;
      default: {
        const mark = text.slice(token.from, token.to);
        if (mark === ')') closeList(parts);
        else parts.push(mark);
      }
    }
  }
  while (parts[parts.length - 1] === ';') parts.pop();
  return join(parts);
}

/** A sign before a literal, where no operand stands before it, is the literal's. */
function literal(parts: string[]): void {
  const sign = parts[parts.length - 1];
  if ((sign === '-' || sign === '+') && !isOperand(parts[parts.length - 2])) parts.pop();
  parts.push('?');
}

function isOperand(part: string | undefined): boolean {
  if (part === undefined) return false;
  return (
    part === '?' ||
    part === ')' ||
    part === ']' ||
    (/^[\w"`@\u0080-\uffff]/.test(part) && !KEYWORDS.has(part))
  );
}

/** `( ?, ?, ? )` after IN becomes `(?)`; a row of VALUES that is like the one before is dropped. */
function closeList(parts: string[]): void {
  let open = parts.length - 1;
  while (open >= 0 && (parts[open] === '?' || parts[open] === ',')) open--;
  parts.push(')');
  if (parts[open] !== '(') return;
  if (parts[open - 1] === 'IN' && open < parts.length - 3) {
    parts.length = open + 1;
    parts.push('?', ')');
    return;
  }
  // `( row ) , ( row )`: the same number of parts before, with a comma between.
  const size = parts.length - open;
  const before = open - 1 - size;
  if (parts[open - 1] !== ',' || parts[before] !== '(' || parts[open - 2] !== ')') return;
  for (let k = 0; k < size; k++) if (parts[before + k] !== parts[open + k]) return;
  parts.length = open - 1;
}

function join(parts: readonly string[]): string {
  let out = '';
  let before = '(';
  // A client's own command ends with its line.
  const glue = (part: string) => (/^delimiter\s/i.test(part) ? '\n' : ' ');
  for (const part of parts) {
    const tight =
      part === ',' ||
      part === ')' ||
      part === ';' ||
      part === '.' ||
      part === '::' ||
      before === '(' ||
      before === '.' ||
      before === '::' ||
      before === '[' ||
      part === ']' ||
      part === '[' ||
      (part === '(' && isOperand(before) && before !== '?');
    out += tight ? part : glue(before) + part;
    before = part;
  }
  return out;
}
