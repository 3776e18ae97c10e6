import type { Draft } from '../draft.ts';
import { as, child, children, type Fields, relationName, strings, text } from './node.ts';
import { readNode } from './query.ts';
import type { NodeReader, NodeTable } from './reader.ts';

/** Reading and changing data. */
export const DATA: NodeTable = {
  SelectStmt: (n, d) => {
    if (readNode({ SelectStmt: n }, d)) d.flag('bulk_read');
    d.statement(n.intoClause === undefined || d.inCode ? 'SELECT' : 'SELECT INTO');
  },
  InsertStmt: query('InsertStmt', 'INSERT'),
  UpdateStmt: query('UpdateStmt', 'UPDATE'),
  DeleteStmt: query('DeleteStmt', 'DELETE'),
  MergeStmt: query('MergeStmt', 'MERGE'),
  TruncateStmt: (n, d) => {
    d.statement('TRUNCATE TABLE');
    for (const node of children(n, 'relations'))
      d.object('table', relationName(as(node, 'RangeVar') ?? {}), 'write');
  },
  CopyStmt: copy,
};

function query(type: string, action: string): NodeReader {
  return (n, d) => {
    if (readNode({ [type]: n }, d)) d.flag('bulk_read');
    d.statement(action);
  };
}

function copy(n: Fields, d: Draft): void {
  const to = n.is_from !== true;
  if (n.query !== undefined) {
    if (readNode(n.query, d)) d.flag('bulk_read');
  } else {
    d.object('table', relationName(child(n, 'relation')), to ? 'read' : 'write');
    for (const name of strings(children(n, 'attlist'))) d.column(name);
    if (to) d.flag('bulk_read');
  }
  d.statement(to ? 'COPY TO' : 'COPY FROM');
  const program = n.is_program === true;
  if (program) d.flag('program_execution');
  if (n.filename === undefined) return;
  d.literalsRead = true;
  d.named(program ? 'program' : 'file', text(n, 'filename'), program ? 'execute' : to ? 'write' : 'read');
}
