import type { Draft } from '../draft.ts';
import type { StatementTokens } from '../statement-tokens.ts';

/** Reads a statement whose first word is the reader's: says what was done, to what. Never throws. */
export type VerbReader = (s: StatementTokens, d: Draft) => void;

export type VerbTable = Readonly<Record<string, VerbReader>>;

/** `[IF [NOT] EXISTS]`, `CONCURRENTLY`, `ONLY`: where the name stands that they precede. */
export function beforeName(s: StatementTokens, at: number): number {
  let i = at;
  while (['IF', 'NOT', 'EXISTS', 'CONCURRENTLY', 'ONLY'].includes(s.w[i] ?? '') && i + 1 < s.length) i++;
  return i;
}

/** Names separated by commas from `at` on, argument lists skipped; `next` is the index after the last. */
export function nameList(s: StatementTokens, at: number): { names: (readonly string[])[]; next: number } {
  const names: (readonly string[])[] = [];
  let i = at;
  for (;;) {
    const name = s.name(beforeName(s, i));
    if (name === undefined) return { names, next: i };
    names.push(name.parts);
    i = name.next;
    if (s.w[i] === '(') i = s.afterParenthesis(i);
    if (s.w[i] === '*') i++;
    if (s.w[i] !== ',') return { names, next: i };
    i++;
  }
}

/** A MySQL account (`'bob'@'%'`, `bob@localhost`, `CURRENT_USER()`) or a role name. */
export function account(s: StatementTokens, at: number): { name: string; next: number } | undefined {
  if (!s.isName(at) && !s.isString(at)) return undefined;
  let name = s.isString(at) ? s.string(at) : s.identifier(at);
  let next = at + 1;
  if (s.isString(at)) {
    const host = s.raw(next);
    if (s.tokens[next]?.kind === 'param' && host.startsWith('@')) {
      name += `@${s.dialect.value(host.slice(1))}`;
      next++;
    }
  } else if (s.tokens[next]?.kind === 'param' && s.raw(next).startsWith('@')) {
    name += `@${s.dialect.value(s.raw(next).slice(1))}`;
    next++;
  }
  if (s.w[next] === '(' && s.w[next + 1] === ')') next += 2;
  return { name, next };
}

/** Accounts separated by commas from `at` on. What stands between them (passwords, options) is skipped. */
export function accounts(
  s: StatementTokens,
  d: Draft,
  at: number,
  type: string,
  access: 'create' | 'alter' | 'drop' | 'grant',
): number {
  let i = beforeName(s, at);
  for (;;) {
    if (s.w[i] === 'GROUP' && s.isName(i + 1)) i++;
    const who = account(s, i);
    if (who === undefined) return i;
    if (s.isString(i) || s.isString(who.next - 1) || s.tokens[who.next - 1]?.kind === 'param')
      d.literalsRead = true;
    d.object(type, [who.name], access);
    i = who.next;
    const comma = s.find(i, ',', 'REQUIRE', 'WITH', 'DEFAULT', 'GRANTED', 'CASCADE', 'RESTRICT');
    if (comma < 0 || s.w[comma] !== ',') return i;
    i = comma + 1;
  }
}
