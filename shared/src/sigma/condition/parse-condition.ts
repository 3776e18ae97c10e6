import type { Span } from '../../text/span.ts';
import type { Condition } from './condition.ts';
import { conditionTokens, type Token } from './tokens.ts';

export type ConditionFault =
  | 'sigma/condition-syntax'
  | 'sigma/condition-pipe'
  | 'sigma/condition-operator-case'
  | 'sigma/condition-quantifier'
  | 'sigma/condition-too-deep';

export type ReportCondition = (
  code: ConditionFault,
  data: Readonly<Record<string, string>>,
  span: Span,
) => void;

const RESERVED = new Set(['and', 'or', 'not', 'of', '1', 'any', 'all', 'them']);

/** Nesting that no person writes; deeper text is hostile and would exhaust the stack. */
const DEEPEST = 100;

/** Names that a condition cannot tell from its own words (SIGMA C6). */
export function isReserved(name: string): boolean {
  return RESERVED.has(name);
}

/**
 * Parses a condition (SIGMA §5): `or` binds loosest, then `and`, `not`, `x of`. Gives undefined where nothing
 * sensible is left; what was wrong goes to `report` with spans in `text`.
 */
export function parseCondition(text: string, report: ReportCondition): Condition | undefined {
  const tokens = conditionTokens(text);
  const pipe = tokens.find((token) => token.text === '|');
  if (pipe !== undefined) {
    report('sigma/condition-pipe', { aggregation: text.slice(pipe.to) }, pipe);
    return undefined;
  }
  return new ConditionParser(tokens, text.length, report).parse();
}

const SEARCH = 'the name of a search';

class ConditionParser {
  readonly #tokens: readonly Token[];
  readonly #end: number;
  readonly #report: ReportCondition;
  #at = 0;
  #depth = 0;
  #failed = false;

  constructor(tokens: readonly Token[], end: number, report: ReportCondition) {
    this.#tokens = tokens;
    this.#end = end;
    this.#report = report;
  }

  parse(): Condition | undefined {
    const condition = this.#or();
    const rest = this.#tokens[this.#at];
    if (rest !== undefined) this.#unexpected('and or or', rest);
    return this.#failed ? undefined : condition;
  }

  #or(): Condition | undefined {
    return this.#joined('or', () => this.#joined('and', () => this.#not()));
  }

  #joined(kind: 'and' | 'or', operand: () => Condition | undefined): Condition | undefined {
    const of: Condition[] = [];
    do {
      const part = operand();
      if (part === undefined) return undefined;
      of.push(part);
    } while (this.#takeOperator(kind));
    return of.length === 1 ? of[0] : { kind, of };
  }

  #not(): Condition | undefined {
    if (!this.#takeOperator('not')) return this.#primary();
    const of = this.#nested(() => this.#not());
    return of === undefined ? undefined : { kind: 'not', of };
  }

  #primary(): Condition | undefined {
    const token = this.#tokens[this.#at];
    if (token === undefined) {
      return this.#unexpected(SEARCH, undefined);
    }
    this.#at++;
    if (token.kind === '(') {
      const inner = this.#nested(() => this.#or());
      if (inner === undefined) return undefined;
      const close = this.#tokens[this.#at];
      if (close?.kind !== ')') {
        return this.#unexpected('a closing parenthesis', close, token);
      }
      this.#at++;
      return inner;
    }
    if (token.kind === 'word' && this.#tokens[this.#at]?.text === 'of') return this.#quantified(token);
    if (token.kind !== 'word' || RESERVED.has(token.text) || token.text.includes('*')) {
      return this.#unexpected(SEARCH, token);
    }
    return { kind: 'name', name: token.text, span: { from: token.from, to: token.to } };
  }

  #quantified(count: Token): Condition | undefined {
    this.#at++;
    const target = this.#tokens[this.#at];
    if (target?.kind !== 'word') return this.#unexpected('them or a name with *', target, count);
    this.#at++;
    const span = { from: count.from, to: target.to };
    const kind =
      count.text === 'all' ? 'every' : count.text === '1' || count.text === 'any' ? 'some' : undefined;
    if (kind === undefined) return this.#fail('sigma/condition-quantifier', { found: count.text }, count);
    return { kind, pattern: target.text, span };
  }

  /** Told at what was found, where that is the end of the text at `opened`, which wants more. */
  #unexpected(expected: string, found: Token | undefined, opened?: Token): undefined {
    const place = found ?? opened ?? { from: this.#end, to: this.#end };
    const data = { expected, found: found === undefined ? 'the end' : `“${found.text}”` };
    return this.#fail('sigma/condition-syntax', data, place);
  }

  #nested(parse: () => Condition | undefined): Condition | undefined {
    const token = this.#tokens[this.#at];
    if (++this.#depth > DEEPEST)
      return this.#fail('sigma/condition-too-deep', {}, token ?? { from: 0, to: this.#end });
    const inner = parse();
    this.#depth--;
    return inner;
  }

  #takeOperator(kind: 'and' | 'or' | 'not'): boolean {
    const token = this.#tokens[this.#at];
    if (token?.text.toLowerCase() !== kind) return false;
    if (token.text !== kind)
      this.#fail('sigma/condition-operator-case', { found: token.text, want: kind }, token);
    this.#at++;
    return true;
  }

  #fail(code: ConditionFault, data: Readonly<Record<string, string>>, span: Span): undefined {
    // One report a condition: what follows the first error is guesswork.
    if (!this.#failed) this.#report(code, data, { from: span.from, to: span.to });
    this.#failed = true;
    return undefined;
  }
}
