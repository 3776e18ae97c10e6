import type { Draft } from '../draft.ts';
import { OBJECT_TYPES, ON_TABLE } from '../object-types.ts';
import type { StatementTokens } from '../statement-tokens.ts';
import { readCode, readCodeText } from './code.ts';
import { readQuery } from './query.ts';
import { changedSettings } from './settings.ts';
import { accounts, beforeName, nameList, type VerbTable } from './verb.ts';

/** CREATE, ALTER, DROP and what else changes definitions. */
export const DEFINITIONS: VerbTable = {
  CREATE: (s, d) => define(s, d, 'create'),
  ALTER: (s, d) => define(s, d, 'alter'),
  DROP: drop,
  RENAME: rename,
  COMMENT: describe,
  SECURITY: describe,
  REFRESH: (s, d) => {
    d.statement('REFRESH MATERIALIZED VIEW');
    d.object('materialized view', s.name(beforeName(s, 3))?.parts ?? [], 'write');
  },
  IMPORT: (s, d) => {
    if (s.w[1] === 'TABLE') return d.statement('IMPORT TABLE');
    d.statement('IMPORT FOREIGN SCHEMA');
    d.object('schema', s.name(3)?.parts ?? [], 'read');
  },
};

/** The object type at or after `at`, past what may stand before it (OR REPLACE, DEFINER = …, TEMPORARY, UNIQUE, …). */
function typeAt(s: StatementTokens, at: number): { words: readonly string[]; next: number } | undefined {
  for (let i = at; i < Math.min(s.length, at + 16); i++) {
    if (
      s.tokens[i]?.kind !== 'word' ||
      s.w[i - 1] === '=' ||
      s.w[i] === 'SECURITY' ||
      (s.w[i] === 'DEFAULT' && s.w[i + 1] !== 'PRIVILEGES')
    )
      continue;
    const words = OBJECT_TYPES.find((type) => type.every((word, k) => s.w[i + k] === word));
    if (words !== undefined) return { words, next: i + words.length };
  }
  return undefined;
}

function define(s: StatementTokens, d: Draft, access: 'create' | 'alter'): void {
  const type = typeAt(s, 1);
  const verb = access.toUpperCase();
  if (type === undefined) {
    d.statement(s.isName(1) ? `${verb} ${s.w[1]}` : verb);
    return;
  }
  const phrase = canonicalType(s, type.words);
  const at = beforeName(s, type.next);
  if (phrase === 'SYSTEM') {
    d.statement('ALTER SYSTEM');
    changedSettings(s, d, at);
    return;
  }
  if (phrase === 'DEFAULT PRIVILEGES') {
    d.statement('ALTER DEFAULT PRIVILEGES');
    return;
  }
  if (phrase === 'ROLE' || phrase === 'USER') {
    role(s, d, verb, phrase, at, access);
    return;
  }
  if (phrase === 'USER MAPPING') {
    d.statement(`${verb} USER MAPPING`);
    d.object('role', s.name(at + 1)?.parts ?? [], access);
    return;
  }
  if (phrase === 'CAST' || phrase === 'TRANSFORM') {
    d.statement(`${verb} ${phrase}`);
    return;
  }
  const name = s.name(phrase === 'SCHEMA' && s.w[at] === 'AUTHORIZATION' ? at + 1 : at);
  const as = s.find(at, 'AS');
  if (phrase === 'FUNCTION' && s.find(at, 'SONAME') > 0) {
    // A function of a shared library: MySQL's way to run programs.
    d.statement('CREATE FUNCTION');
    d.flag('program_execution');
    d.object('function', name?.parts ?? [], access);
    return;
  }
  const query = s.find(name?.next ?? at, 'SELECT', 'WITH', 'VALUES', 'TABLE', 'EXECUTE');
  const copies = access === 'create' && phrase === 'TABLE' && (as > 0 || s.w[query] === 'SELECT');
  d.statement(copies ? 'CREATE TABLE AS' : `${verb} ${phrase}`);
  let table = ON_TABLE.has(phrase) ? s.find(at, 'ON') : -1;
  // `CREATE INDEX ON t` has no name.
  if (name !== undefined && !(s.w[at] === 'ON' && phrase === 'INDEX'))
    d.object(phrase.toLowerCase(), name.parts, access);
  else if (phrase === 'INDEX') table = at;
  else if (phrase === 'OPERATOR') d.named('operator', s.raw(at), 'create');
  if (phrase === 'RULE') table = s.find(at, 'TO');
  if (table > 0) d.object('table', s.name(beforeName(s, table + 1))?.parts ?? [], 'alter');
  if (phrase === 'EXTENSION') d.module(name?.parts[0] ?? '');
  details(s, d, access, phrase, name?.next ?? at, as);
}

function details(
  s: StatementTokens,
  d: Draft,
  access: 'create' | 'alter',
  phrase: string,
  at: number,
  as: number,
): void {
  switch (phrase) {
    case 'TABLE':
    case 'FOREIGN TABLE':
      if (access === 'alter') alterTable(s, d, at);
      else if (s.w[at] === '(') createColumns(s, d, at);
      if (access === 'create') queryOf(s, d, as > 0 ? as + 1 : s.find(at, 'SELECT'));
      return;
    case 'VIEW':
    case 'MATERIALIZED VIEW':
      if (as > 0) queryOf(s, d, as + 1);
      break;
    case 'FUNCTION':
    case 'PROCEDURE':
    case 'TRIGGER':
    case 'EVENT':
    case 'PACKAGE':
    case 'PACKAGE BODY':
      routine(s, d, at, as);
      break;
    case 'DATABASE':
      if (s.w[at] === 'SET' || s.w[at] === 'RESET') changedSettings(s, d, at);
      break;
    default:
  }
  if (access === 'alter' && s.find(at, 'OWNER') > 0) d.flag('privilege_change');
}

function queryOf(s: StatementTokens, d: Draft, at: number): void {
  if (at <= 0 || at >= s.length || s.w[at] === 'EXECUTE') return;
  const query = readQuery(s, d, at);
  if (query.whole && s.w[0] === 'CREATE' && s.find(1, 'VIEW') < 0) d.flag('bulk_read');
}

/** Columns that a CREATE TABLE defines. */
function createColumns(s: StatementTokens, d: Draft, at: number): void {
  const end = s.afterParenthesis(at);
  let depth = 0;
  for (let i = at; i < end; i++) {
    if (s.w[i] === '(') depth++;
    else if (s.w[i] === ')') depth--;
    if (depth !== 1 || (i !== at && s.w[i] !== ',')) continue;
    if (s.isName(i + 1) && s.isName(i + 2) && !NOT_COLUMN_DEFINITIONS.has(s.w[i + 1] ?? ''))
      d.column(s.identifier(i + 1));
  }
}

const NOT_COLUMN_DEFINITIONS = new Set(
  'CONSTRAINT PRIMARY UNIQUE CHECK FOREIGN EXCLUDE LIKE KEY INDEX FULLTEXT SPATIAL PERIOD SELECT WITH'.split(
    ' ',
  ),
);
const NOT_COLUMN_ACTIONS = new Set(
  'CONSTRAINT PRIMARY UNIQUE CHECK FOREIGN EXCLUDE KEY INDEX FULLTEXT SPATIAL PARTITION PERIOD VALUE ATTRIBUTE TABLE SYSTEM TO DEFAULT NOT'.split(
    ' ',
  ),
);

function alterTable(s: StatementTokens, d: Draft, at: number): void {
  let depth = 0;
  for (let i = at; i < s.length; i++) {
    const w = s.w[i] ?? '';
    if (w === '(') depth++;
    else if (w === ')') depth--;
    const starts =
      depth === 0 && s.tokens[i]?.kind === 'word' && (i === at || s.w[i - 1] === ',' || s.w[i - 1] === '*');
    if (!starts) continue;
    if (w === 'OWNER') d.flag('privilege_change');
    else if (['ENABLE', 'DISABLE', 'FORCE', 'NO'].includes(w)) {
      // ENABLE [ALWAYS | REPLICA] TRIGGER, [NO] FORCE ROW LEVEL SECURITY.
      const near = [s.w[i + 1], s.w[i + 2]];
      if (near.includes('ROW')) d.flag('privilege_change');
      else if (near.includes('TRIGGER') || near.includes('RULE')) d.flag('routine_change');
    }
    if (!['ADD', 'DROP', 'ALTER', 'MODIFY', 'CHANGE', 'RENAME'].includes(w)) continue;
    const column = beforeName(s, s.w[i + 1] === 'COLUMN' ? i + 2 : i + 1);
    if (s.w[i + 1] !== 'COLUMN' && NOT_COLUMN_ACTIONS.has(s.w[column] ?? '')) {
      if (w === 'DROP' && s.w[column] === 'PARTITION') d.flag('destructive');
      continue;
    }
    if (w === 'RENAME' && !(s.w[column + 1] === 'TO' || s.w[i + 1] === 'COLUMN')) continue;
    if (s.isName(column)) d.column(s.identifier(column));
    if (w === 'DROP' && s.isName(column)) d.flag('destructive');
  }
}

/** The code of a routine: a string in PostgreSQL, tokens of the statement itself in MySQL and SQL-standard bodies. */
function routine(s: StatementTokens, d: Draft, at: number, as: number): void {
  const language = s.find(at, 'LANGUAGE');
  const name =
    language > 0
      ? (s.isString(language + 1) ? s.string(language + 1) : s.identifier(language + 1)).toLowerCase()
      : '';
  untrusted(d, name);
  if (as > 0 && s.isString(as + 1)) {
    d.literalsRead = true;
    if (name === '' || name === 'sql' || name === 'plpgsql') readCodeText(s.string(as + 1), d);
    return;
  }
  const body =
    s.dialect.routineBody === 'inline'
      ? s.w[at] === '('
        ? s.afterParenthesis(at)
        : at
      : s.find(at, 'BEGIN', 'RETURN');
  if (body >= 0) readCode(s, body, s.length, d);
}

/** Languages whose routines run with the server's own rights: what they do is outside SQL. */
export function untrusted(d: Draft, language: string): void {
  if (/^(c|internal|.*u|plsh|pljava)$/.test(language) && language !== '') d.flag('program_execution');
}

function canonicalType(s: StatementTokens, words: readonly string[]): string {
  const type = words.join(' ').toLowerCase();
  return (s.dialect.aliases[type] ?? type).toUpperCase();
}

function role(
  s: StatementTokens,
  d: Draft,
  verb: string,
  phrase: string,
  at: number,
  access: 'create' | 'alter',
): void {
  const setting = s.find(at, 'SET', 'RESET');
  if (access === 'alter' && setting > 0) {
    // ALTER ROLE … SET changes settings of later sessions, no privilege.
    d.statement(`${verb} ${phrase}`, { class: 'authorization', flags: [] });
    if (s.w[at] !== 'ALL') d.object('role', s.name(at)?.parts ?? [], 'alter');
    changedSettings(s, d, setting);
    return;
  }
  d.statement(`${verb} ${phrase}`);
  accounts(s, d, at, phrase.toLowerCase(), access);
}

function drop(s: StatementTokens, d: Draft): void {
  const type = typeAt(s, 1);
  if (type === undefined) {
    d.statement('DROP');
    return;
  }
  const phrase = canonicalType(s, type.words);
  let at = beforeName(s, type.next);
  if (phrase === 'PREPARE') {
    d.statement('DEALLOCATE');
    return;
  }
  if (phrase === 'OWNED') {
    d.statement('DROP OWNED');
    for (const name of nameList(s, at + 1).names) d.object('role', name, 'drop');
    return;
  }
  d.statement(`DROP ${phrase}`);
  if (phrase === 'ROLE' || phrase === 'USER') {
    accounts(s, d, at, phrase.toLowerCase(), 'drop');
    return;
  }
  if (phrase === 'USER MAPPING') at++;
  const { names, next } = nameList(s, at);
  for (const name of names) {
    d.object(phrase === 'USER MAPPING' ? 'role' : phrase.toLowerCase(), name, 'drop');
    if (phrase === 'EXTENSION') d.module(name[0] ?? '');
  }
  if (ON_TABLE.has(phrase) && s.w[next] === 'ON') d.object('table', s.name(next + 1)?.parts ?? [], 'alter');
}

/** MySQL: `RENAME TABLE a TO b, c TO d`, `RENAME USER a TO b`. */
function rename(s: StatementTokens, d: Draft): void {
  const what = s.w[1] === 'USER' ? 'USER' : 'TABLE';
  d.statement(`RENAME ${what}`);
  if (what === 'USER') {
    accounts(s, d, 2, 'user', 'alter');
    return;
  }
  let at = 2;
  for (;;) {
    const name = s.name(beforeName(s, at));
    if (name === undefined) return;
    d.object('table', name.parts, 'alter');
    const comma = s.find(name.next, ',');
    if (comma < 0) return;
    at = comma + 1;
  }
}

/** `COMMENT ON type name IS …`, `SECURITY LABEL [FOR provider] ON type name IS …`. */
function describe(s: StatementTokens, d: Draft): void {
  d.statement(s.w[0] === 'COMMENT' ? 'COMMENT' : 'SECURITY LABEL');
  const type = typeAt(s, s.find(0, 'ON') + 1);
  if (type === undefined) return;
  let phrase = canonicalType(s, type.words);
  let parts = s.name(type.next)?.parts ?? [];
  if (phrase === 'COLUMN') {
    d.column(parts.at(-1) ?? '');
    parts = parts.slice(0, -1);
    phrase = 'TABLE';
  }
  d.object(phrase.toLowerCase(), parts, 'alter');
  const table = ON_TABLE.has(phrase) ? s.find(type.next, 'ON') : -1;
  if (table > 0) d.object('table', s.name(table + 1)?.parts ?? [], 'alter');
}
