import type { Draft } from '../draft.ts';
import { readCodeText } from '../outline/code.ts';
import { untrusted } from '../outline/definitions.ts';
import {
  anyName,
  as,
  child,
  children,
  constant,
  type Fields,
  option,
  relationName,
  strings,
  text,
} from './node.ts';
import { readNode } from './query.ts';
import type { NodeReader, NodeTable } from './reader.ts';

/** Transactions, settings, routines, maintenance. */
export const SERVER: NodeTable = {
  TransactionStmt: (n, d) => d.statement(TRANSACTIONS[text(n, 'kind')] ?? 'UNKNOWN'),
  VariableSetStmt: set,
  VariableShowStmt: only('SHOW'),
  ConstraintsSetStmt: only('SET CONSTRAINTS'),
  DiscardStmt: (n, d) => d.statement(text(n, 'target').replace('_', ' ')),
  DeallocateStmt: only('DEALLOCATE'),
  ClosePortalStmt: only('CLOSE CURSOR'),
  FetchStmt: (n, d) => d.statement(n.ismove === true ? 'MOVE' : 'FETCH'),
  DeclareCursorStmt: (n, d, read) => inner(n.query, d, read, 'DECLARE CURSOR'),
  PrepareStmt: (n, d, read) => inner(n.query, d, read, 'PREPARE'),
  ExecuteStmt: only('EXECUTE'),
  ListenStmt: only('LISTEN'),
  UnlistenStmt: only('UNLISTEN'),
  NotifyStmt: only('NOTIFY'),
  CheckPointStmt: only('CHECKPOINT'),
  LockStmt: (n, d) => {
    d.statement('LOCK TABLE');
    readNode(n.relations, d);
  },
  CallStmt: (n, d) => {
    d.statement('CALL');
    const call = child(n, 'funccall');
    d.object('procedure', strings(children(call, 'funcname')), 'execute');
    readNode(call.args, d);
  },
  DoStmt: (n, d) => {
    d.statement('DO');
    const args = children(n, 'args');
    untrusted(d, anyName(option(args, 'language')?.arg)[0]?.toLowerCase() ?? '');
    d.literalsRead = true;
    readCodeText(anyName(option(args, 'as')?.arg)[0] ?? '', d);
  },
  ExplainStmt: (n, d, read) => {
    const analyze = option(children(n, 'options'), 'analyze');
    const off = constant(analyze?.arg) ?? anyName(analyze?.arg)[0] ?? '';
    if (analyze !== undefined && !/^(off|false|0)$/i.test(off)) {
      inner(n.query, d, read, 'EXPLAIN');
      return;
    }
    const draft = d.inside('same');
    read(n.query, draft);
    d.adopt(draft, 'names');
    d.statement('EXPLAIN');
  },
  LoadStmt: (n, d) => {
    d.statement('LOAD');
    d.flag('program_execution');
    d.literalsRead = true;
    d.named('library', text(n, 'filename'), 'execute');
    d.module(text(n, 'filename').replace(/^.*\//, ''));
  },
  VacuumStmt: (n, d) => {
    d.statement(n.is_vacuumcmd === true ? 'VACUUM' : 'ANALYZE');
    for (const node of children(n, 'rels')) {
      d.object('table', relationName(child(as(node, 'VacuumRelation') ?? {}, 'relation')), 'alter');
    }
  },
  ClusterStmt: (n, d) => {
    d.statement('CLUSTER');
    if (n.relation !== undefined) d.object('table', relationName(child(n, 'relation')), 'alter');
  },
  ReindexStmt: (n, d) => {
    d.statement('REINDEX');
    const type = text(n, 'kind').replace('REINDEX_OBJECT_', '').toLowerCase();
    d.object(
      type,
      n.relation === undefined ? [text(n, 'name')] : relationName(child(n, 'relation')),
      'alter',
    );
  },
};

const TRANSACTIONS: Readonly<Record<string, string>> = {
  TRANS_STMT_BEGIN: 'BEGIN',
  TRANS_STMT_START: 'START TRANSACTION',
  TRANS_STMT_COMMIT: 'COMMIT',
  TRANS_STMT_ROLLBACK: 'ROLLBACK',
  TRANS_STMT_SAVEPOINT: 'SAVEPOINT',
  TRANS_STMT_RELEASE: 'RELEASE',
  TRANS_STMT_ROLLBACK_TO: 'ROLLBACK',
  TRANS_STMT_PREPARE: 'PREPARE TRANSACTION',
  TRANS_STMT_COMMIT_PREPARED: 'COMMIT PREPARED',
  TRANS_STMT_ROLLBACK_PREPARED: 'ROLLBACK PREPARED',
};

function only(action: string): NodeReader {
  return (_, d) => d.statement(action);
}

/** A statement in a statement: `action` names the outer, the class is the inner one's. */
function inner(node: unknown, d: Draft, read: Parameters<NodeReader>[2], action: string): void {
  const draft = d.inside('same');
  read(node, draft);
  d.adopt(draft, 'all');
  d.statement(action, { class: draft.facts().class, flags: [] });
}

function set(n: Fields, d: Draft): void {
  const name = text(n, 'name').toLowerCase();
  const verb = text(n, 'kind').startsWith('VAR_RESET') ? 'RESET' : 'SET';
  if (name === 'role' || name === 'session_authorization') {
    d.statement(`${verb} ${name === 'role' ? 'ROLE' : 'SESSION AUTHORIZATION'}`);
    const who = constant(children(n, 'args')[0]);
    if (who === undefined || who === 'none') return;
    // Whether the name stood in quotes the tree does not tell.
    d.literalsRead = true;
    d.object('role', [who], 'read');
  } else if (text(n, 'kind') === 'VAR_SET_MULTI') d.statement('SET TRANSACTION');
  else {
    d.statement(verb);
    d.setting(name);
  }
}
