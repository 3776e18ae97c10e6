import type { SqlDialect } from './dialect.ts';
import { KEYWORDS } from './keywords.ts';
import type { Token } from './token.ts';

/** What a part of a fingerprint is to its neighbours. */
const MARK = 0;
const OPERAND = 1;
const KEYWORD = 2;
const LITERAL = 3;
/** A client's own command, which ends with its line. */
const META = 4;

/** The parts of a fingerprint under construction; `kinds` runs beside `parts`. */
interface Parts {
  readonly parts: string[];
  readonly kinds: number[];
}

/**
 * The shape of a text: literals and parameters are `?`, lists of literals and repeated rows are one, comments are gone,
 * white space is one blank, key words are upper case, identifiers as the dialect stores them.
 * Equal for texts that differ in these only; a fingerprint's fingerprint is itself.
 */
export function fingerprint(dialect: SqlDialect, text: string, tokens: readonly Token[]): string {
  const made: Parts = { parts: [], kinds: [] };
  for (const token of tokens) {
    if (token.kind === 'comment') continue;
    if (token.kind === 'string' || token.kind === 'number') {
      literal(made);
      continue;
    }
    const raw = text.slice(token.from, token.to);
    switch (token.kind) {
      case 'param':
        if (raw.charCodeAt(0) === 0x24) literal(made);
        else add(made, raw, OPERAND);
        break;
      case 'word': {
        const upper = raw.toUpperCase();
        if (KEYWORDS.has(upper)) add(made, upper, KEYWORD);
        else add(made, dialect.fold(raw), OPERAND);
        break;
      }
      case 'quoted':
        add(made, raw, OPERAND);
        break;
      case 'meta':
        add(made, raw, raw.startsWith('\\') ? MARK : META);
        break;
      case 'end':
        add(made, raw === '\n' ? ';' : raw, MARK);
        break;
      default:
        if (raw === ')') closeList(made);
        else add(made, raw, MARK);
    }
  }
  while (made.parts[made.parts.length - 1] === ';') cut(made, made.parts.length - 1);
  return join(made);
}

function add({ parts, kinds }: Parts, part: string, kind: number): void {
  parts.push(part);
  kinds.push(kind);
}

function cut({ parts, kinds }: Parts, length: number): void {
  parts.length = length;
  kinds.length = length;
}

/** A sign before a literal, where no operand stands before it, is the literal's. */
function literal(made: Parts): void {
  const { parts, kinds } = made;
  const last = parts.length - 1;
  const sign = parts[last];
  if ((sign === '-' || sign === '+') && !isOperand(parts[last - 1], kinds[last - 1])) cut(made, last);
  add(made, '?', LITERAL);
}

function isOperand(part: string | undefined, kind: number | undefined): boolean {
  // A bare `?` is an operator to PostgreSQL's tokenizer, and a literal in a fingerprint.
  return kind === OPERAND || kind === LITERAL || part === ')' || part === ']' || part === '?';
}

/** `( ?, ?, ? )` after IN becomes `(?)`; a row of VALUES that is like the one before is dropped. */
function closeList(made: Parts): void {
  const { parts } = made;
  let open = parts.length - 1;
  while (open >= 0 && (parts[open] === '?' || parts[open] === ',')) open--;
  add(made, ')', MARK);
  if (parts[open] !== '(') return;
  if (parts[open - 1] === 'IN' && open < parts.length - 3) {
    cut(made, open + 1);
    add(made, '?', LITERAL);
    add(made, ')', MARK);
    return;
  }
  // `( row ) , ( row )`: the same number of parts before, with a comma between.
  const size = parts.length - open;
  const before = open - 1 - size;
  if (parts[open - 1] !== ',' || parts[before] !== '(' || parts[open - 2] !== ')') return;
  for (let k = 0; k < size; k++) if (parts[before + k] !== parts[open + k]) return;
  cut(made, open - 1);
}

function join({ parts, kinds }: Parts): string {
  let out = '';
  let before = '(';
  let kind: number | undefined = MARK;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? '';
    const tight =
      (kind === MARK && OPENS.has(before)) ||
      (kinds[i] === MARK && (CLOSES.has(part) || (part === '(' && kind === OPERAND)));
    out += tight ? part : kind === META ? `\n${part}` : ` ${part}`;
    before = part;
    kind = kinds[i];
  }
  return out;
}

/** What takes no blank behind it, and what takes none before it. */
const OPENS = new Set(['(', '.', '::', '[']);
const CLOSES = new Set([',', ')', ';', '.', '::', '[', ']']);
