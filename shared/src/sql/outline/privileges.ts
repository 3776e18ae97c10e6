import type { Draft } from '../draft.ts';
import { OBJECT_TYPES } from '../object-types.ts';
import type { StatementTokens } from '../statement-tokens.ts';
import { accounts, nameList, type VerbTable } from './verb.ts';

/** GRANT, REVOKE, REASSIGN. */
export const PRIVILEGES: VerbTable = {
  GRANT: (s, d) => change(s, d, 'GRANT', 'TO'),
  REVOKE: (s, d) => change(s, d, 'REVOKE', 'FROM'),
  REASSIGN: (s, d) => {
    d.statement('REASSIGN OWNED');
    for (const name of nameList(s, 3).names) d.object('role', name, 'alter');
    const to = s.find(3, 'TO');
    if (to > 0) d.object('role', s.name(to + 1)?.parts ?? [], 'alter');
  },
};

function change(s: StatementTokens, d: Draft, verb: 'GRANT' | 'REVOKE', to: 'TO' | 'FROM'): void {
  const on = s.find(1, 'ON');
  const grantees = s.find(1, to);
  if (on < 0 || (grantees > 0 && grantees < on)) {
    roles(s, d, verb, grantees);
    return;
  }
  d.statement(verb);
  privilegeColumns(s, d, on);
  targets(s, d, on + 1, grantees < 0 ? s.length : grantees);
  if (grantees > 0) accounts(s, d, grantees + 1, 'user', 'grant');
}

/** `GRANT r1, r2 TO u`; MySQL's `GRANT PROXY ON u TO v` has an ON. */
function roles(s: StatementTokens, d: Draft, verb: string, grantees: number): void {
  const all = verb === 'REVOKE' && s.is(1, 'ALL PRIVILEGES');
  d.statement(all ? 'REVOKE' : `${verb} ROLE`);
  let from = 1;
  if (verb === 'REVOKE' && s.w[2] === 'OPTION' && s.w[3] === 'FOR') from = 4;
  if (!all) accounts(s.part(0, grantees < 0 ? s.length : grantees), d, from, 'role', 'grant');
  if (grantees > 0) accounts(s, d, grantees + 1, 'user', 'grant');
}

/** `GRANT SELECT (a, b) ON t`. */
function privilegeColumns(s: StatementTokens, d: Draft, on: number): void {
  let depth = 0;
  for (let i = 1; i < on; i++) {
    if (s.w[i] === '(') depth++;
    else if (s.w[i] === ')') depth--;
    else if (depth > 0 && s.isName(i)) d.column(s.identifier(i));
  }
}

function targets(s: StatementTokens, d: Draft, at: number, end: number): void {
  let i = at;
  if (s.w[i] === 'ALL') {
    const schemas = s.find(i, 'SCHEMA');
    if (schemas > 0) for (const name of nameList(s, schemas + 1).names) d.object('schema', name, 'grant');
    return;
  }
  let type = OBJECT_TYPES.find((words) => words.every((word, k) => s.w[i + k] === word));
  if (
    type !== undefined &&
    !(s.isName(i + type.length) || s.w[i + type.length] === '*' || s.w[i + type.length] === '0')
  )
    type = undefined;
  if (type !== undefined) i += type.length;
  // MySQL: `*.*`, `db.*`.
  if (s.w[i] === '*') {
    d.named('database', '*', 'grant');
    return;
  }
  if (s.w[i + 1] === '.' && s.w[i + 2] === '*') {
    d.object('database', [s.identifier(i)], 'grant');
    return;
  }
  const kind = (type ?? ['TABLE']).join(' ').toLowerCase();
  for (const name of nameList(s.part(0, end), i).names) d.object(kind, name, 'grant');
}
