import type { SqlDialect } from './dialect.ts';
import type { Token } from './token.ts';

/** A qualified name and the index of the token after it. */
export interface NameAt {
  /** Stored names: schema, name. */
  readonly parts: readonly string[];
  readonly next: number;
}

/** The tokens of one statement, without comments and terminator, in a form that is easy to match. */
export class StatementTokens {
  readonly dialect: SqlDialect;
  readonly text: string;
  readonly tokens: readonly Token[];
  /** Words in upper case, operators and punctuation as they stand; `"` quoted name, `'` string, `0` number, `$` parameter. */
  readonly w: readonly string[];
  /** The statement may go on where the text ends: absence of a clause proves nothing. */
  readonly cut: boolean;

  constructor(dialect: SqlDialect, text: string, tokens: readonly Token[], cut: boolean) {
    this.dialect = dialect;
    this.text = text;
    this.tokens = tokens;
    this.w = tokens.map((token) => canonical(text, token));
    this.cut = cut;
  }

  get length(): number {
    return this.tokens.length;
  }

  /** A part, as a statement of its own. */
  part(from: number, to: number): StatementTokens {
    return new StatementTokens(
      this.dialect,
      this.text,
      this.tokens.slice(from, to),
      this.cut && to >= this.length,
    );
  }

  raw(at: number): string {
    const token = this.tokens[at];
    return token === undefined ? '' : this.text.slice(token.from, token.to);
  }

  /** Text of the statement from token `at` on. */
  rest(at: number): string {
    const token = this.tokens[at];
    return token === undefined ? '' : this.text.slice(token.from, this.tokens.at(-1)?.to);
  }

  isString(at: number): boolean {
    return this.w[at] === "'";
  }

  /** Value of the string at `at`. */
  string(at: number): string {
    return this.dialect.value(this.raw(at));
  }

  isName(at: number): boolean {
    const kind = this.tokens[at]?.kind;
    return kind === 'word' || kind === 'quoted';
  }

  /** The stored form of the identifier at `at`. */
  identifier(at: number): string {
    return this.tokens[at]?.kind === 'quoted'
      ? this.dialect.value(this.raw(at))
      : this.dialect.fold(this.raw(at));
  }

  /** The dotted name at `at`, where there is one. */
  name(at: number): NameAt | undefined {
    if (!this.isName(at)) return undefined;
    const parts = [this.identifier(at)];
    let next = at + 1;
    while (this.w[next] === '.' && this.isName(next + 1)) {
      parts.push(this.identifier(next + 1));
      next += 2;
    }
    return { parts, next };
  }

  /** Whether the words at `at` are these, in upper case, blank between two. */
  is(at: number, phrase: string): boolean {
    return phrase.split(' ').every((word, k) => this.w[at + k] === word);
  }

  /** Index of the first of `words` at `from` or later, outside parentheses; -1 where there is none. */
  find(from: number, ...words: readonly string[]): number {
    let depth = 0;
    for (let i = from; i < this.length; i++) {
      const word = this.w[i] ?? '';
      if (depth === 0 && words.includes(word)) return i;
      if (word === '(') depth++;
      else if (word === ')') depth--;
    }
    return -1;
  }

  /** Index after the parenthesis that closes the one at `at`. */
  afterParenthesis(at: number): number {
    let depth = 0;
    for (let i = at; i < this.length; i++) {
      if (this.w[i] === '(') depth++;
      else if (this.w[i] === ')' && --depth === 0) return i + 1;
    }
    return this.length;
  }
}

function canonical(text: string, token: Token): string {
  switch (token.kind) {
    case 'string':
      return "'";
    case 'quoted':
      return '"';
    case 'number':
      return '0';
    case 'param':
      return '$';
    case 'word':
      return text.slice(token.from, token.to).toUpperCase();
    default:
      return text.slice(token.from, token.to);
  }
}
