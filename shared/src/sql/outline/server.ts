import type { Draft } from '../draft.ts';
import type { StatementTokens } from '../statement-tokens.ts';
import { readCode, readCodeText } from './code.ts';
import { untrusted } from './definitions.ts';
import { readQuery } from './query.ts';
import { beforeName, nameList, type VerbReader, type VerbTable } from './verb.ts';

/** Transactions, routines, maintenance and everything else that a server is told. */
export const SERVER: VerbTable = {
  BEGIN: (s, d) => {
    d.statement('BEGIN');
    // MariaDB: BEGIN NOT ATOMIC … END runs code without a routine.
    if (s.w[1] === 'NOT') readCode(s, 3, s.length, d);
  },
  START: (s, d) =>
    d.statement(s.w[1] === 'TRANSACTION' ? 'START TRANSACTION' : `START ${s.w[1] ?? ''}`.trim()),
  COMMIT: (s, d) => d.statement(s.w[1] === 'PREPARED' ? 'COMMIT PREPARED' : 'COMMIT'),
  END: only('COMMIT'),
  ROLLBACK: (s, d) => d.statement(s.w[1] === 'PREPARED' ? 'ROLLBACK PREPARED' : 'ROLLBACK'),
  ABORT: only('ROLLBACK'),
  SAVEPOINT: only('SAVEPOINT'),
  RELEASE: only('RELEASE'),
  XA: only('XA'),
  USE: (s, d) => {
    d.statement('USE');
    d.object('database', s.name(1)?.parts ?? [], 'read');
  },
  LOCK: (s, d) => {
    d.statement('LOCK TABLE');
    let at = beforeName(s, s.w[1] === 'TABLE' || s.w[1] === 'TABLES' ? 2 : 1);
    for (;;) {
      const name = s.name(at);
      if (name === undefined) return;
      d.object('table', name.parts, 'read');
      const comma = s.find(name.next, ',');
      if (comma < 0) return;
      at = comma + 1;
    }
  },
  UNLOCK: only('UNLOCK TABLES'),
  DISCARD: (s, d) => d.statement(`DISCARD ${s.w[1] ?? ''}`.trim()),
  DEALLOCATE: only('DEALLOCATE'),
  CLOSE: only('CLOSE CURSOR'),
  MOVE: only('MOVE'),
  FETCH: only('FETCH'),
  DECLARE: (s, d) => inner(s, d, 'DECLARE CURSOR', s.find(1, 'FOR') + 1),
  PREPARE: prepare,
  EXECUTE: (s, d) => {
    if (s.w[1] !== 'IMMEDIATE') return d.statement('EXECUTE');
    d.statement('EXECUTE IMMEDIATE');
    if (!s.isString(2)) return;
    d.literalsRead = true;
    readCodeText(s.string(2), d);
  },
  CALL: (s, d) => {
    d.statement('CALL');
    const name = s.name(1);
    if (name !== undefined) d.object('procedure', name.parts, 'execute');
    readQuery(s, d, name?.next ?? 1);
  },
  DO: (s, d) => {
    const code = s.find(1, "'");
    d.statement('DO');
    if (s.dialect.routineBody === 'inline' || code < 0) {
      readQuery(s, d, 1);
      return;
    }
    const language = s.find(1, 'LANGUAGE');
    if (language > 0) untrusted(d, s.identifier(language + 1).toLowerCase());
    d.literalsRead = true;
    const body = s.w[1] === 'LANGUAGE' && s.isString(2) ? s.find(3, "'") : code;
    readCodeText(s.string(body), d);
  },
  EXPLAIN: explain,
  ANALYZE: (s, d) => (s.w[1] === 'SELECT' || s.w[1] === 'FORMAT' ? explain(s, d) : maintain('ANALYZE')(s, d)),
  ANALYSE: maintain('ANALYZE'),
  DESCRIBE: (s, d) => (s.isName(1) && !EXPLAINED.has(s.w[1] ?? '') ? describeTable(s, d) : explain(s, d)),
  DESC: (s, d) => (s.isName(1) && !EXPLAINED.has(s.w[1] ?? '') ? describeTable(s, d) : explain(s, d)),
  VACUUM: maintain('VACUUM'),
  CLUSTER: maintain('CLUSTER'),
  OPTIMIZE: maintain('OPTIMIZE'),
  REPAIR: maintain('REPAIR'),
  CHECK: maintain('CHECK'),
  CHECKSUM: maintain('CHECKSUM'),
  REINDEX: (s, d) => {
    d.statement('REINDEX');
    const at = s.w[1] === '(' ? s.afterParenthesis(1) : 1;
    const name = s.name(beforeName(s, at + 1));
    if (name !== undefined) d.object((s.w[at] ?? '').toLowerCase(), name.parts, 'alter');
  },
  CHECKPOINT: only('CHECKPOINT'),
  LISTEN: only('LISTEN'),
  UNLISTEN: only('UNLISTEN'),
  NOTIFY: only('NOTIFY'),
  KILL: only('KILL'),
  FLUSH: (s, d) => {
    const at = ['NO_WRITE_TO_BINLOG', 'LOCAL'].includes(s.w[1] ?? '') ? 2 : 1;
    const what = s.w[at] ?? '';
    d.statement(`FLUSH ${what}`.trim());
    // Rotates what the audit writes to: normal in maintenance, and worth a look.
    if (['LOGS', 'GENERAL', 'ERROR', 'SLOW', 'BINARY'].includes(what)) {
      d.flag('audit_change');
      d.raise('audit_change');
    }
  },
  INSTALL: plugin,
  UNINSTALL: plugin,
  PURGE: (_, d) => d.statement('PURGE BINARY LOGS'),
  CHANGE: (s, d) =>
    d.statement(
      `CHANGE ${s.w[1] ?? ''}${s.w[2] === 'SOURCE' || s.w[2] === 'FILTER' ? ` ${s.w[2]}` : ''}`.trim(),
    ),
  STOP: (s, d) => d.statement(`STOP ${s.w[1] ?? ''}`.trim()),
  SHUTDOWN: only('SHUTDOWN'),
  RESTART: only('RESTART'),
  BINLOG: only('BINLOG'),
  CACHE: only('CACHE INDEX'),
  HELP: only('HELP'),
  CLONE: only('CLONE'),
  BACKUP: (_, d) => {
    d.statement('BACKUP');
    d.flag('export');
  },
  // The replication protocol's own commands, which log_replication_commands shows.
  IDENTIFY_SYSTEM: only('IDENTIFY_SYSTEM'),
  TIMELINE_HISTORY: only('TIMELINE_HISTORY'),
  START_REPLICATION: only('START_REPLICATION'),
  READ_REPLICATION_SLOT: only('READ_REPLICATION_SLOT'),
  CREATE_REPLICATION_SLOT: only('CREATE_REPLICATION_SLOT'),
  ALTER_REPLICATION_SLOT: only('ALTER_REPLICATION_SLOT'),
  DROP_REPLICATION_SLOT: only('DROP_REPLICATION_SLOT'),
  BASE_BACKUP: (_, d) => {
    // The files of every database leave the server.
    d.statement('BASE_BACKUP');
    d.flag('bulk_read');
    d.flag('export');
  },
  SIGNAL: only('SIGNAL'),
  RESIGNAL: only('RESIGNAL'),
};

const EXPLAINED = new Set([
  'SELECT',
  'INSERT',
  'UPDATE',
  'DELETE',
  'REPLACE',
  'WITH',
  'FORMAT',
  'EXTENDED',
  'ANALYZE',
  'PARTITIONS',
  'TABLE',
]);

function only(action: string): VerbReader {
  return (_, d) => d.statement(action);
}

function maintain(action: string): VerbReader {
  return (s, d) => {
    d.statement(action);
    let at = 1;
    if (s.w[at] === '(') at = s.afterParenthesis(at);
    while (
      ['FULL', 'FREEZE', 'VERBOSE', 'ANALYZE', 'TABLE', 'LOCAL', 'NO_WRITE_TO_BINLOG', 'ONLY'].includes(
        s.w[at] ?? '',
      )
    )
      at++;
    for (const name of nameList(s, at).names) d.object('table', name, 'alter');
  };
}

/** A statement in a statement: `action` names the outer, the class is the inner one's. */
function inner(s: StatementTokens, d: Draft, action: string, at: number): void {
  if (at <= 0 || at >= s.length) {
    d.statement(action);
    return;
  }
  const draft = d.within(s.part(at, s.length), 'same');
  d.adopt(draft, 'all');
  d.statement(action, { class: draft.facts().class, flags: [] });
}

function prepare(s: StatementTokens, d: Draft): void {
  if (s.w[1] === 'TRANSACTION') {
    d.statement('PREPARE TRANSACTION');
    return;
  }
  const from = 2;
  if (s.w[from] === 'FROM') {
    d.statement('PREPARE FROM');
    if (!s.isString(from + 1)) return;
    d.literalsRead = true;
    readCodeText(s.string(from + 1), d);
    return;
  }
  inner(s, d, 'PREPARE', s.find(2, 'AS') + 1);
}

/** EXPLAIN shows a plan; EXPLAIN ANALYZE runs the statement. */
function explain(s: StatementTokens, d: Draft): void {
  let at = 1;
  const options = s.w[1] === '(' ? s.afterParenthesis(1) : 1;
  let runs = s.w[0] === 'ANALYZE';
  for (let i = 1; i < options; i++)
    if (s.w[i] === 'ANALYZE' && !['OFF', 'FALSE', '0'].includes(s.raw(i + 1).toUpperCase())) runs = true;
  at = options;
  while (
    [
      'ANALYZE',
      'ANALYSE',
      'VERBOSE',
      'EXTENDED',
      'PARTITIONS',
      'FORMAT',
      '=',
      'TRADITIONAL',
      'JSON',
      'TREE',
    ].includes(s.w[at] ?? '')
  ) {
    if (s.w[at] === 'ANALYZE') runs = true;
    at++;
  }
  if (runs) {
    inner(s, d, 'EXPLAIN', at);
    return;
  }
  if (at < s.length) d.adopt(d.within(s.part(at, s.length), 'same'), 'names');
  d.statement('EXPLAIN');
}

function describeTable(s: StatementTokens, d: Draft): void {
  d.statement('DESCRIBE');
  d.object('table', s.name(1)?.parts ?? [], 'read');
}

/** `INSTALL PLUGIN name SONAME 'file'`, `INSTALL SONAME 'file'`, `UNINSTALL …`. */
function plugin(s: StatementTokens, d: Draft): void {
  d.statement(`${s.w[0]} ${s.w[1] ?? ''}`.trim());
  const at = beforeName(s, 2);
  if (s.isString(at)) d.literalsRead = true;
  const name = s.isString(at) ? s.string(at) : s.isName(at) ? s.identifier(at) : '';
  d.named(s.w[1] === 'COMPONENT' ? 'component' : 'plugin', name, s.w[0] === 'INSTALL' ? 'create' : 'drop');
  d.module(name.replace(/^.*\//, ''));
  if (s.w[0] === 'INSTALL') d.flag('program_execution');
}
