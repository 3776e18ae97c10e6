import type { Draft } from '../draft.ts';
import type { StatementTokens } from '../statement-tokens.ts';
import { account, type VerbTable } from './verb.ts';

/** SET, RESET, SHOW. */
export const SETTINGS: VerbTable = {
  SET: (s, d) => {
    const scope = ['SESSION', 'LOCAL', 'GLOBAL', 'PERSIST', 'PERSIST_ONLY'].includes(s.w[1] ?? '') ? 2 : 1;
    if (s.is(1, 'SESSION AUTHORIZATION') || s.is(scope, 'SESSION AUTHORIZATION'))
      return become(
        s,
        d,
        'SET SESSION AUTHORIZATION',
        s.w[1] === 'SESSION' && s.w[2] === 'AUTHORIZATION' ? 3 : 4,
      );
    if (s.w[scope] === 'ROLE')
      return become(
        s,
        d,
        'SET ROLE',
        s.w[scope + 1] === '=' || s.w[scope + 1] === 'TO' ? scope + 2 : scope + 1,
      );
    if (s.is(1, 'DEFAULT ROLE')) return d.statement('SET DEFAULT ROLE');
    if (s.is(1, 'PASSWORD')) return password(s, d);
    if (s.w[1] === 'TRANSACTION' || s.w[2] === 'TRANSACTION' || s.is(1, 'SESSION CHARACTERISTICS'))
      return d.statement('SET TRANSACTION');
    if (s.w[1] === 'CONSTRAINTS') return d.statement('SET CONSTRAINTS');
    if (s.w[1] === 'STATEMENT') return d.statement('SET STATEMENT');
    d.statement(s.w[1] === 'GLOBAL' || s.w[1]?.startsWith('PERSIST') ? `SET ${s.w[1]}` : 'SET');
    changedSettings(s, d, 0);
  },
  RESET: (s, d) => {
    if (s.w[1] === 'ROLE') return d.statement('RESET ROLE');
    if (s.is(1, 'SESSION AUTHORIZATION')) return d.statement('RESET SESSION AUTHORIZATION');
    if (s.is(1, 'BINARY LOGS')) return d.statement('RESET BINARY LOGS');
    if (['MASTER', 'SLAVE', 'REPLICA', 'QUERY'].includes(s.w[1] ?? '')) return d.statement(`RESET ${s.w[1]}`);
    d.statement(s.w[1] === 'PERSIST' ? 'RESET PERSIST' : 'RESET');
    changedSettings(s, d, 0);
  },
  SHOW: (_, d) => d.statement('SHOW'),
};

function become(s: StatementTokens, d: Draft, action: string, at: number): void {
  d.statement(action);
  if (s.isString(at)) d.literalsRead = true;
  const who = account(s, at);
  if (who !== undefined && !['NONE', 'DEFAULT', 'ALL'].includes(s.w[at] ?? ''))
    d.object('role', [who.name], 'read');
}

function password(s: StatementTokens, d: Draft): void {
  d.statement('SET PASSWORD');
  if (s.w[2] !== 'FOR') return;
  d.literalsRead = true;
  d.named('user', account(s, 3)?.name ?? '', 'alter');
}

/**
 * The settings that `SET [scope] a = 1, @@global.b = 2`, `RESET a`, `ALTER SYSTEM SET a = 1` from token `at` on change;
 * RESET ALL resets those of the audit too.
 */
export function changedSettings(s: StatementTokens, d: Draft, at: number): void {
  for (let i = at; i < s.length; i++) {
    const opens = i === at || s.w[i] === ',' || s.w[i] === 'SET' || s.w[i] === 'RESET';
    if (!opens) continue;
    let k = i;
    while (
      ['SET', 'RESET', ',', 'SESSION', 'LOCAL', 'GLOBAL', 'PERSIST', 'PERSIST_ONLY', 'IF', 'EXISTS'].includes(
        s.w[k] ?? '',
      )
    )
      k++;
    const name =
      s.tokens[k]?.kind === 'param'
        ? s.raw(k).replace(/^@@(?:global\.|session\.|local\.|persist(?:_only)?\.)?/i, '')
        : (s.name(k)?.parts.join('.') ?? '');
    if (s.raw(k).startsWith('@') && !s.raw(k).startsWith('@@')) continue;
    d.setting(name.toLowerCase());
    if (s.w[k] === 'ALL' && s.w[k - 1] === 'RESET' && s.w[0] === 'ALTER') {
      d.raise('audit_change');
      d.flag('audit_change');
    }
  }
}
