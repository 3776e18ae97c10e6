import type { ObjectAccess } from '../../events/audit-event.ts';
import type { Draft } from '../draft.ts';
import {
  as,
  asFields,
  child,
  children,
  constant,
  type Fields,
  open,
  relationName,
  strings,
  text,
} from './node.ts';

/** Common table expressions that are visible, and whether each reads users' relations whole. */
interface Scope {
  readonly names: Map<string, boolean>;
  readonly outer: Scope | undefined;
}

const OUTERMOST: Scope = { names: new Map(), outer: undefined };

/**
 * Relations, columns and calls of an open node (a query, a change of data, an expression) go to `d`.
 * Returns whether it reads users' relations whole.
 */
export function readNode(node: unknown, d: Draft, scope: Scope = OUTERMOST): boolean {
  if (Array.isArray(node)) {
    for (const item of node) readNode(item, d, scope);
    return false;
  }
  const { type, fields } = open(node);
  switch (type) {
    case 'SelectStmt':
      return select(fields, d, scope);
    case 'InsertStmt':
      return insert(fields, d, scope);
    case 'UpdateStmt':
      update(fields, d, scope);
      return false;
    case 'DeleteStmt':
      remove(fields, d, scope);
      return false;
    case 'MergeStmt':
      merge(fields, d, scope);
      return false;
    case 'RangeVar':
      relation(fields, d, 'read', scope);
      return false;
    case 'ColumnRef':
      column(fields, d);
      return false;
    case 'FuncCall':
      call(fields, d);
      break;
    default:
  }
  readFields(fields, d, scope);
  return false;
}

/** Everything below the fields of a node. */
export function readFields(fields: Fields, d: Draft, scope: Scope = OUTERMOST): void {
  for (const key in fields) {
    const value = fields[key];
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value) || isOpen(value)) readNode(value, d, scope);
    else readFields(asFields(value), d, scope);
  }
}

/** Fields of fixed type stand without its name, which begins with a capital. */
function isOpen(value: object): boolean {
  for (const first in value) return first.charCodeAt(0) < 0x61;
  return false;
}

function call(fields: Fields, d: Draft): void {
  // EXTRACT, TRIM and the like are syntax, not calls that somebody chose.
  if (text(fields, 'funcformat') === 'COERCE_SQL_SYNTAX') return;
  d.call(strings(children(fields, 'funcname')), () => constant(children(fields, 'args')[0]));
}

function column(fields: Fields, d: Draft): void {
  const parts = children(fields, 'fields');
  const last = parts[parts.length - 1];
  if (as(last, 'A_Star') !== undefined) d.column('*');
  else d.column(strings([last])[0] ?? '');
}

/** Names a relation; returns whether it is the users'. */
function relation(fields: Fields, d: Draft, access: ObjectAccess, scope: Scope): boolean {
  const parts = relationName(fields);
  if (parts.length === 1 && access === 'read') {
    for (let s: Scope | undefined = scope; s !== undefined; s = s.outer) {
      const known = s.names.get(parts[0] ?? '');
      if (known !== undefined) return known;
    }
  }
  d.object('table', parts, access);
  return d.isUsers(parts);
}

function withClause(fields: Fields, d: Draft, outer: Scope): Scope {
  const clause = child(fields, 'withClause');
  const expressions = children(clause, 'ctes').map((node) => as(node, 'CommonTableExpr') ?? {});
  if (expressions.length === 0) return outer;
  const scope: Scope = { names: new Map(), outer };
  if (clause.recursive === true) for (const cte of expressions) scope.names.set(text(cte, 'ctename'), false);
  for (const cte of expressions) scope.names.set(text(cte, 'ctename'), readNode(cte.ctequery, d, scope));
  return scope;
}

function select(fields: Fields, d: Draft, outer: Scope): boolean {
  const scope = withClause(fields, d, outer);
  let whole = false;
  if (fields.larg !== undefined) {
    const left = select(child(fields, 'larg'), d, scope);
    whole = select(child(fields, 'rarg'), d, scope) || left;
  }
  readNode(fields.distinctClause, d, scope);
  let star = false;
  for (const target of children(fields, 'targetList')) {
    const value = as(target, 'ResTarget')?.val;
    const parts = children(as(value, 'ColumnRef') ?? {}, 'fields');
    if (as(parts[parts.length - 1], 'A_Star') !== undefined) star = true;
    readNode(value, d, scope);
  }
  const into = child(child(fields, 'intoClause'), 'rel');
  if (fields.intoClause !== undefined && !d.inCode) d.object('table', relationName(into), 'create');
  let reads = false;
  for (const item of children(fields, 'fromClause')) reads = from(item, d, scope) || reads;
  for (const key of [
    'whereClause',
    'groupClause',
    'havingClause',
    'windowClause',
    'valuesLists',
    'sortClause',
  ]) {
    readNode(fields[key], d, scope);
  }
  readNode(fields.limitOffset, d, scope);
  readNode(fields.limitCount, d, scope);
  whole ||= star && reads;
  return (
    whole &&
    !limited(fields) &&
    !['whereClause', 'groupClause', 'havingClause'].some((key) => fields[key] !== undefined)
  );
}

/** `LIMIT ALL` and `LIMIT NULL` limit nothing. */
function limited(fields: Fields): boolean {
  return fields.limitCount !== undefined && as(fields.limitCount, 'A_Const')?.isnull !== true;
}

/** An item of FROM; returns whether reading it whole reads users' relations whole. */
function from(item: unknown, d: Draft, scope: Scope): boolean {
  const { type, fields } = open(item);
  switch (type) {
    case 'RangeVar':
      return relation(fields, d, 'read', scope);
    case 'RangeSubselect':
      return readNode(fields.subquery, d, scope);
    case 'RangeTableSample':
      return from(fields.relation, d, scope);
    case 'JoinExpr': {
      const left = from(fields.larg, d, scope);
      const right = from(fields.rarg, d, scope);
      for (const name of strings(children(fields, 'usingClause'))) d.column(name);
      readNode(fields.quals, d, scope);
      return left || right;
    }
    default:
      readNode(item, d, scope);
      return false;
  }
}

function insert(fields: Fields, d: Draft, outer: Scope): boolean {
  d.raise('data_write');
  const scope = withClause(fields, d, outer);
  relation(child(fields, 'relation'), d, 'write', scope);
  assignments(children(fields, 'cols'), d, scope);
  const whole = readNode(fields.selectStmt, d, scope);
  const conflict = child(fields, 'onConflictClause');
  for (const node of children(child(conflict, 'infer'), 'indexElems')) {
    const element = as(node, 'IndexElem') ?? {};
    if (element.name !== undefined) d.column(text(element, 'name'));
    else readNode(element.expr, d, scope);
  }
  assignments(children(conflict, 'targetList'), d, scope);
  readNode(conflict.whereClause, d, scope);
  returning(fields, d, scope);
  return whole;
}

function update(fields: Fields, d: Draft, outer: Scope): void {
  d.raise('data_write');
  const scope = withClause(fields, d, outer);
  relation(child(fields, 'relation'), d, 'write', scope);
  assignments(children(fields, 'targetList'), d, scope);
  for (const item of children(fields, 'fromClause')) from(item, d, scope);
  bounds(fields, d, scope);
}

function remove(fields: Fields, d: Draft, outer: Scope): void {
  d.raise('data_write');
  const scope = withClause(fields, d, outer);
  relation(child(fields, 'relation'), d, 'write', scope);
  for (const item of children(fields, 'usingClause')) from(item, d, scope);
  bounds(fields, d, scope);
}

function bounds(fields: Fields, d: Draft, scope: Scope): void {
  if (fields.whereClause === undefined) d.flag('destructive');
  else readNode(fields.whereClause, d, scope);
  returning(fields, d, scope);
}

function merge(fields: Fields, d: Draft, outer: Scope): void {
  d.raise('data_write');
  const scope = withClause(fields, d, outer);
  relation(child(fields, 'relation'), d, 'write', scope);
  from(fields.sourceRelation, d, scope);
  readNode(fields.joinCondition, d, scope);
  for (const node of children(fields, 'mergeWhenClauses')) {
    const clause = as(node, 'MergeWhenClause') ?? {};
    readNode(clause.condition, d, scope);
    assignments(children(clause, 'targetList'), d, scope);
    readNode(clause.values, d, scope);
  }
  returning(fields, d, scope);
}

/** `SET a = …`, `(a, b)` of an INSERT: the target's name is a column. */
function assignments(targets: readonly unknown[], d: Draft, scope: Scope): void {
  for (const node of targets) {
    const target = as(node, 'ResTarget') ?? {};
    if (target.name !== undefined) d.column(text(target, 'name'));
    readNode(target.val, d, scope);
  }
}

/** PostgreSQL 18 has a clause where those before had a list. */
function returning(fields: Fields, d: Draft, scope: Scope): void {
  const list =
    fields.returningClause === undefined
      ? children(fields, 'returningList')
      : children(child(fields, 'returningClause'), 'exprs');
  for (const node of list) readNode(as(node, 'ResTarget')?.val, d, scope);
}
