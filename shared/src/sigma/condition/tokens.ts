import type { Span } from '../../text/span.ts';

export interface Token extends Span {
  readonly kind: 'word' | '(' | ')' | 'other';
  readonly text: string;
}

/** Words of a condition (SIGMA C1): the longest run of letters, digits, `_`, `-` and `*`; keywords have word boundaries. */
export function conditionTokens(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(/[\p{L}\p{N}_*-]+|[()]|[^\s()]/gu)) {
    const word = match[0];
    const kind = word === '(' || word === ')' ? word : /^[\p{L}\p{N}_*-]/u.test(word) ? 'word' : 'other';
    tokens.push({ kind, text: word, from: match.index, to: match.index + word.length });
  }
  return tokens;
}
