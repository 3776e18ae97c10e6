import type { Draft } from '../draft.ts';
import type { StatementTokens } from '../statement-tokens.ts';
import { readQuery } from './query.ts';
import { nameList, type VerbTable } from './verb.ts';

/** Reading and changing data. */
export const DATA: VerbTable = {
  SELECT: query,
  '(': query,
  WITH: query,
  VALUES: query,
  TABLE: query,
  PERFORM: (s, d) => {
    // PL/pgSQL: a SELECT whose result is thrown away.
    readQuery(s, d, 0);
    d.statement('SELECT');
  },
  INSERT: query,
  UPDATE: query,
  DELETE: query,
  MERGE: query,
  REPLACE: query,
  TRUNCATE: (s, d) => {
    d.statement('TRUNCATE TABLE');
    for (const name of nameList(s, s.w[1] === 'TABLE' ? 2 : 1).names) d.object('table', name, 'write');
  },
  COPY: copy,
  '\\copy': copy,
  LOAD: load,
  HANDLER: (s, d) => {
    d.statement('HANDLER');
    d.object('table', s.name(1)?.parts ?? [], 'read');
  },
};

function query(s: StatementTokens, d: Draft): void {
  const { action, whole } = readQuery(s, d, 0);
  d.statement(action);
  if (whole) d.flag('bulk_read');
  if (isDump(s)) {
    d.flag('export');
    if (s.find(1, 'WHERE', 'LIMIT') < 0) d.flag('bulk_read');
  }
}

// mysqldump and mariadb-dump ask `SELECT /*!40001 SQL_NO_CACHE */ …`; people do not.
function isDump(s: StatementTokens): boolean {
  const [select, hint] = s.tokens;
  return s.w[1] === 'SQL_NO_CACHE' && s.text.slice(select?.to, hint?.from).includes('/*!40001');
}

function copy(s: StatementTokens, d: Draft): void {
  let at = s.w[1] === 'BINARY' ? 2 : 1;
  const inQuery = s.w[at] === '(';
  const name = inQuery ? undefined : s.name(at);
  const after = inQuery ? s.afterParenthesis(at) : (name?.next ?? at);
  const columns = s.w[after] === '(' && !inQuery;
  const direction = columns ? s.afterParenthesis(after) : after;
  const to = s.w[direction] !== 'FROM';
  if (inQuery) {
    const { whole } = readQuery(s.part(at + 1, after - 1), d, 0);
    if (whole) d.flag('bulk_read');
  } else {
    d.object('table', name?.parts ?? [], to ? 'read' : 'write');
    if (columns) for (at = after + 1; at < direction - 1; at++) if (s.isName(at)) d.column(s.identifier(at));
    if (to) d.flag('bulk_read');
  }
  d.statement(to ? 'COPY TO' : 'COPY FROM');
  const program = s.w[direction + 1] === 'PROGRAM';
  if (program) d.flag('program_execution');
  const target = direction + (program ? 2 : 1);
  if (!s.isString(target)) return;
  d.literalsRead = true;
  d.named(program ? 'program' : 'file', s.string(target), program ? 'execute' : to ? 'write' : 'read');
}

/** MySQL's LOAD DATA and LOAD XML; PostgreSQL's LOAD of a library. */
function load(s: StatementTokens, d: Draft): void {
  if (s.isString(1)) {
    d.statement('LOAD');
    d.flag('program_execution');
    d.literalsRead = true;
    d.named('library', s.string(1), 'execute');
    d.module(s.string(1).replace(/^.*\//, ''));
    return;
  }
  d.statement(s.w[1] === 'DATA' || s.w[1] === 'XML' ? `LOAD ${s.w[1]}` : 'LOAD');
  const table = s.find(1, 'TABLE');
  if (table > 0) d.object('table', s.name(table + 1)?.parts ?? [], 'write');
  const file = s.find(1, 'INFILE');
  if (file < 0 || !s.isString(file + 1)) return;
  d.literalsRead = true;
  d.named('file', s.string(file + 1), 'read');
}
