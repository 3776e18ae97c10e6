import type { SqlDialect } from './dialect.ts';
import { StatementTokens } from './statement-tokens.ts';
import type { Token } from './token.ts';

const ROUTINES = new Set(['FUNCTION', 'PROCEDURE', 'TRIGGER', 'EVENT', 'PACKAGE']);
/** `END IF` and the like close blocks that no BEGIN or CASE opened. */
const OTHER_BLOCKS = new Set(['IF', 'LOOP', 'WHILE', 'REPEAT', 'FOR']);

/**
 * Statements of a text: cut at terminators outside parentheses and outside routine bodies
 * (`BEGIN ATOMIC … END`, `CREATE PROCEDURE … BEGIN … END`). Empty ones are left out.
 */
export function split(
  dialect: SqlDialect,
  text: string,
  tokens: readonly Token[],
  ending: 'complete' | 'truncated',
): StatementTokens[] {
  const statements: StatementTokens[] = [];
  let current: Token[] = [];
  let parentheses = 0;
  let blocks = 0;
  let routine = false;
  let previous = '';
  let open = false;
  const close = (cut: boolean) => {
    if (current.length > 0) statements.push(new StatementTokens(dialect, text, current, cut));
    current = [];
    parentheses = 0;
    blocks = 0;
    routine = false;
    previous = '';
  };
  for (const token of tokens) {
    open ||= token.open;
    if (token.kind === 'comment') continue;
    if (token.kind === 'end' && parentheses <= 0 && blocks <= 0) {
      close(false);
      continue;
    }
    if (token.kind === 'meta' && /^delimiter/i.test(text.slice(token.from, token.from + 9))) continue;
    current.push(token);
    if (token.kind === 'punct') {
      const c = text[token.from];
      if (c === '(') parentheses++;
      else if (c === ')') parentheses--;
    }
    if (token.kind !== 'word') {
      if (token.kind === 'end') previous = ';';
      continue;
    }
    const length = token.to - token.from;
    if (length > 9) continue;
    const word = text.slice(token.from, token.to).toUpperCase();
    if (!routine && ROUTINES.has(word) && startsWithCreate(text, current)) routine = true;
    if (word === 'ATOMIC' && previous === 'BEGIN' && blocks === 0) blocks = 1;
    else if (routine && word === 'BEGIN') blocks++;
    else if (blocks > 0 && word === 'CASE' && previous !== 'END') blocks++;
    else if (blocks > 0 && word === 'END') blocks--;
    else if (blocks >= 0 && previous === 'END' && OTHER_BLOCKS.has(word)) blocks++;
    previous = word;
  }
  close(ending === 'truncated' || open);
  return statements;
}

function startsWithCreate(text: string, tokens: readonly Token[]): boolean {
  const first = tokens[0];
  return (
    first !== undefined && tokens.length < 30 && /^(create|alter)$/i.test(text.slice(first.from, first.to))
  );
}
