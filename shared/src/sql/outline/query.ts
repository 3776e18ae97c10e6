import type { Draft } from '../draft.ts';
import { NOT_COLUMNS, RESERVED } from '../keywords.ts';
import type { NameAt, StatementTokens } from '../statement-tokens.ts';
import { begin, type Frame, finish, frame } from './frame.ts';

export interface QueryOutline {
  /** SELECT, INSERT, …, SELECT INTO, SELECT INTO OUTFILE. */
  readonly action: string;
  /** Users' relations are read whole: every column, no condition, no limit. */
  readonly whole: boolean;
}

/** Parentheses that are searched outwards for a common table expression: bounds the work on hostile nesting. */
const MAX_SCOPES = 256;

const MODIFIERS = new Set(
  'ONLY LATERAL LOW_PRIORITY HIGH_PRIORITY DELAYED IGNORE QUICK INTO TABLE'.split(' '),
);
const AFTER_SELECT = new Set(
  'SELECT DISTINCT ALL DISTINCTROW SQL_NO_CACHE SQL_CACHE SQL_CALC_FOUND_ROWS HIGH_PRIORITY STRAIGHT_JOIN ,'.split(
    ' ',
  ),
);
const NOT_CALLED = new Set(
  'ALL AND ANY AS BETWEEN BY CASE DISTINCT ELSE EXCEPT EXISTS FILTER FROM GROUPING HAVING IN INTERSECT INTO IS JOIN KEY LIKE LIMIT NOT OFFSET ON OR OVER PARTITION RETURNING ROW SELECT SET SETS SOME THEN UNION USING VALUES WHEN WHERE WITH WITHIN CONFLICT INTERVAL ARRAY MATERIALIZED'.split(
    ' ',
  ),
);

/**
 * Reads a query or a data change from token `from` on: relations, calls, columns, and what is read or changed whole.
 * One pass over the tokens with a stack of parentheses: no recursion, so no text is too deep.
 */
export function readQuery(s: StatementTokens, d: Draft, from = 0): QueryOutline {
  const frames: Frame[] = [frame(false)];
  let action: string | undefined;
  let i = from;
  const top = (): Frame => frames[frames.length - 1] ?? frame(false);
  const verb = (f: Frame, name: string) => {
    if (action === undefined || (frames.length === 1 && f.ctes !== undefined && !settled)) action = name;
    if (frames.length === 1) settled = true;
    if (name !== 'SELECT') d.raise('data_write');
  };
  let settled = false;

  while (i < s.length) {
    const w = s.w[i] ?? '';
    const f = top();
    if (w === '(') {
      const before = s.w[i - 1] ?? '';
      const call =
        i > from &&
        (s.isName(i - 1) || before === "'") &&
        !NOT_CALLED.has(before) &&
        f.expect === undefined &&
        f.clause !== 'head';
      const inner = frame(call && f.clause !== 'into' && f.clause !== 'aliases');
      if (f.clause === 'into') inner.clause = 'names';
      else if (f.clause === 'aliases') inner.clause = 'aliases';
      else if (call) inner.clause = 'expression';
      else if (f.expect !== undefined) {
        // A derived table, or joins in parentheses.
        inner.clause = 'head';
        inner.expect = f.expect;
        inner.listed = f.expect;
        f.expect = undefined;
      } else if (f.clause === 'targets' || f.clause === 'expression') inner.clause = 'expression';
      if (
        (inner.clause === 'names' || inner.clause === 'expression') &&
        (s.w[i + 1] === 'SELECT' || s.w[i + 1] === 'WITH' || (s.w[i + 1] === '(' && inner.clause === 'names'))
      )
        inner.clause = 'head';
      frames.push(inner);
      i++;
    } else if (w === ')') {
      i++;
      finish(s, d, f);
      if (frames.length === 1) continue;
      frames.pop();
      const outer = top();
      if (
        outer.cte !== undefined &&
        outer.withList &&
        s.w[i - 1] === ')' &&
        !f.call &&
        f.clause !== 'aliases'
      ) {
        outer.ctes ??= new Map();
        outer.ctes.set(outer.cte, f.whole);
        outer.cte = undefined;
      } else if (outer.clause === 'from' && !f.call) {
        // Joins in parentheses keep their own names: they were not part of a SELECT.
        outer.reads ||= f.query ? f.whole : f.reads;
        i = alias(s, i, outer);
      } else if (outer.clause === 'from') i = alias(s, i, outer);
      else if (outer.clause === 'head' || outer.clause === 'into') outer.whole ||= f.whole;
      if (f.clause === 'aliases' && outer.clause === 'aliases')
        outer.clause = outer.withList ? 'head' : 'from';
    } else if (w === ',') {
      if (f.withList && f.cte === undefined) i = cte(s, i + 1, f);
      else {
        if (f.clause === 'from') f.expect = f.listed;
        i++;
      }
    } else if (w === '*') {
      const before = s.w[i - 1] ?? '';
      // `DISTINCT ON (a) *`: a product would have an operand behind it.
      const alone = before === ')' && ['FROM', ',', undefined].includes(s.w[i + 1]);
      if (!f.call && f.clause === 'targets' && (AFTER_SELECT.has(before) || alone)) {
        f.star = true;
        d.column('*');
      } else if (before === 'RETURNING') d.column('*');
      i++;
    } else if (!s.isName(i)) {
      i++;
    } else if (
      f.expect !== undefined &&
      !(f.clause === 'head' && (w === 'SELECT' || w === 'VALUES' || w === 'WITH'))
    ) {
      i = relation(i, f);
    } else i = word(i, w, f);
  }
  while (frames.length > 0) {
    finish(s, d, top());
    const inner = frames.pop();
    if (frames.length > 0) top().whole ||= inner?.whole ?? false;
    else return { action: action ?? 'SELECT', whole: !s.cut && (inner?.whole ?? false) };
  }
  return { action: action ?? 'SELECT', whole: false };

  function relation(at: number, f: Frame): number {
    const w = s.w[at] ?? '';
    const access = f.expect ?? 'read';
    if (MODIFIERS.has(w) && s.tokens[at]?.kind === 'word' && (s.isName(at + 1) || s.w[at + 1] === '('))
      return at + 1;
    if (w === 'ROWS' && s.is(at, 'ROWS FROM')) return at + 2;
    const name = s.name(at);
    f.expect = undefined;
    if (f.clause === 'head') f.clause = 'from';
    if (name === undefined) return at + 1;
    if (s.w[name.next] === '(' && access === 'read') {
      called(name);
      return name.next;
    }
    const known = name.parts.length === 1 && access === 'read' ? visible(name.parts[0] ?? '') : undefined;
    if (known !== undefined) f.reads ||= known;
    else {
      d.object('table', name.parts, access);
      if (access === 'read') f.reads ||= d.isUsers(name.parts);
    }
    return f.clause === 'into' ? name.next : alias(s, name.next, f);
  }

  function visible(name: string): boolean | undefined {
    for (let k = frames.length - 1, seen = 0; k >= 0 && seen < MAX_SCOPES; k--, seen++) {
      const found = frames[k]?.ctes?.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  function called(name: NameAt): void {
    d.call(name.parts, () => (s.isString(name.next + 1) ? s.string(name.next + 1) : undefined));
  }

  function word(at: number, w: string, f: Frame): number {
    const quoted = s.tokens[at]?.kind === 'quoted';
    if (!quoted) {
      const next = structure(at, w, f);
      if (next !== undefined) return next;
    }
    const name = s.name(at);
    if (name === undefined) return at + 1;
    const before = s.w[at - 1] ?? '';
    if (s.w[name.next] === '(' && before !== '::' && before !== 'AS') {
      if ((quoted || !NOT_CALLED.has(w)) && f.clause !== 'into') called(name);
      return name.next;
    }
    if (s.w[name.next] === '.' && s.w[name.next + 1] === '*') {
      if (f.clause === 'targets' && !f.call) f.star = true;
      d.column('*');
      return name.next + 2;
    }
    if (isColumn(at, name, f, quoted, before)) d.column(name.parts.at(-1) ?? '');
    return name.next;
  }

  function isColumn(at: number, name: NameAt, f: Frame, quoted: boolean, before: string): boolean {
    if (f.clause === 'head' || f.clause === 'from' || f.clause === 'into' || f.clause === 'aliases')
      return false;
    if (!quoted && name.parts.length === 1 && (RESERVED.has(s.w[at] ?? '') || NOT_COLUMNS.has(s.w[at] ?? '')))
      return false;
    if (
      before === 'AS' ||
      before === '::' ||
      before === 'COLLATE' ||
      before === 'OVER' ||
      before === 'WINDOW' ||
      before === 'OF' ||
      before === '.'
    )
      return false;
    const after = s.w[name.next] ?? '';
    if (after === "'" || after === '=>' || after === ':=') return false;
    // Two operands in a row: the second is an alias.
    return !(f.clause === 'targets' && endsOperand(at - 1));
  }

  function endsOperand(at: number): boolean {
    const kind = s.tokens[at]?.kind;
    const w = s.w[at] ?? '';
    if (
      kind === 'quoted' ||
      kind === 'string' ||
      kind === 'number' ||
      kind === 'param' ||
      w === ')' ||
      w === ']' ||
      w === 'END'
    )
      return true;
    if (w === '*') return AFTER_SELECT.has(s.w[at - 1] ?? '') || s.w[at - 1] === '.';
    return kind === 'word' && !RESERVED.has(w) && !NOT_COLUMNS.has(w);
  }

  /** Words that open a clause. Undefined where the word is none of them here. */
  function structure(at: number, w: string, f: Frame): number | undefined {
    const before = s.w[at - 1] ?? '';
    switch (w) {
      case 'WITH':
        if (f.clause !== 'head' && f.clause !== 'into') return undefined;
        f.withList = true;
        f.recursive = s.w[at + 1] === 'RECURSIVE';
        return cte(s, f.recursive ? at + 2 : at + 1, f);
      case 'SELECT':
        f.expect = undefined;
        verb(f, 'SELECT');
        begin(f, 'targets');
        return at + 1;
      case 'TABLE':
        if (f.clause !== 'head') return undefined;
        verb(f, 'SELECT');
        begin(f, 'from');
        f.star = true;
        f.expect = 'read';
        d.column('*');
        return at + 1;
      case 'VALUES':
        if (f.clause === 'head') verb(f, 'SELECT');
        f.withList = false;
        f.clause = 'expression';
        return at + 1;
      case 'INSERT':
      case 'REPLACE':
      case 'MERGE':
        if (f.clause !== 'head')
          return s.w[at + 1] === '(' && w === 'REPLACE' ? undefined : insertOfMerge(at, w, f);
        verb(f, w);
        f.withList = false;
        f.clause = 'into';
        f.expect = 'write';
        f.merging = w === 'MERGE';
        return at + 1;
      case 'UPDATE':
      case 'DELETE':
        if (f.clause !== 'head') {
          if (w === 'UPDATE' && (before === 'KEY' || before === 'DO')) f.clause = 'expression';
          return at + 1;
        }
        verb(f, w);
        f.withList = false;
        f.clause = 'from';
        f.listed = 'write';
        f.unbounded = true;
        // MySQL's DELETE names its targets before FROM where it joins.
        f.expect = w === 'DELETE' && s.w[at + 1] === 'FROM' ? undefined : 'write';
        return at + 1;
      case 'FROM':
        if (f.call || before === 'DISTINCT') return at + 1;
        if (f.unbounded && f.listed === 'write' && (before === 'DELETE' || MODIFIERS.has(before)))
          f.expect = 'write';
        else {
          f.listed = 'read';
          f.expect = 'read';
        }
        f.clause = 'from';
        return at + 1;
      case 'JOIN':
      case 'STRAIGHT_JOIN':
        if (f.clause === 'targets') return at + 1;
        f.clause = 'from';
        f.expect = f.listed;
        return at + 1;
      case 'USING':
        if (f.merging || (f.unbounded && s.w[at + 1] !== '(')) {
          f.clause = 'from';
          f.listed = 'read';
          f.expect = 'read';
        } else if (s.w[at + 1] === '(') f.clause = f.clause === 'from' ? 'into' : f.clause;
        return at + 1;
      case 'INTO':
        if (f.clause === 'targets' || s.w[at + 1] === 'OUTFILE' || s.w[at + 1] === 'DUMPFILE')
          return into(at, f);
        return at + 1;
      case 'ON':
        if (f.clause === 'from' || f.clause === 'into') f.clause = 'expression';
        return s.is(at, 'ON CONFLICT') || s.is(at, 'ON DUPLICATE') ? at + 2 : at + 1;
      case 'SET':
        f.clause = 'expression';
        return at + 1;
      case 'WHERE':
        f.narrowed = true;
        f.unbounded = false;
        f.clause = 'expression';
        return at + 1;
      case 'LIMIT':
      case 'FETCH':
        if (s.w[at + 1] === 'ALL' || s.w[at + 1] === 'NULL') return at + 2;
        f.narrowed = true;
        // It limits all of a UNION.
        f.whole = false;
        f.clause = 'expression';
        return at + 1;
      case 'TABLESAMPLE':
        return at + 2;
      case 'GROUP':
      case 'HAVING':
        if (!f.call) f.narrowed = true;
        f.clause = 'expression';
        return at + 1;
      case 'ORDER':
      case 'WINDOW':
        if (!f.call) f.clause = 'expression';
        return at + 1;
      case 'FOR':
        // FOR UPDATE OF names relations, no columns.
        if (!f.call) f.clause = 'aliases';
        return at + 1;
      case 'OPERATOR':
        return s.w[at + 1] === '(' ? s.afterParenthesis(at + 1) : undefined;
      case 'RETURNING':
        f.clause = 'targets';
        f.narrowed = true;
        return at + 1;
      case 'UNION':
      case 'INTERSECT':
      case 'EXCEPT':
      case 'MINUS':
        if (f.clause === 'head' && !f.whole && before !== ')') return undefined;
        finish(s, d, f);
        begin(f, 'head');
        return at + 1;
      case 'ALL':
      case 'DISTINCT':
        return at + 1;
      default:
        return undefined;
    }
  }

  function insertOfMerge(at: number, w: string, f: Frame): number {
    if (w === 'INSERT' && f.merging) f.clause = 'into';
    return at + 1;
  }

  function into(at: number, f: Frame): number {
    const next = s.w[at + 1] ?? '';
    if (next === 'OUTFILE' || next === 'DUMPFILE') {
      action = `SELECT INTO ${next}`;
      d.literalsRead = true;
      d.named('file', s.string(at + 2), 'write');
      return at + 3;
    }
    let i = at + 1;
    if (d.inCode || s.dialect.selectInto === 'variable') return s.isName(i) ? i + 1 : i;
    while (['TEMPORARY', 'TEMP', 'UNLOGGED', 'TABLE', 'LOCAL', 'GLOBAL'].includes(s.w[i] ?? '')) i++;
    const name = s.name(i);
    if (name === undefined) return i;
    action = 'SELECT INTO';
    d.object('table', name.parts, 'create');
    f.expect = undefined;
    return name.next;
  }
}

/** Reads `name [(columns)] AS [NOT] [MATERIALIZED]` of a common table expression; its parenthesis comes next. */
function cte(s: StatementTokens, at: number, f: Frame): number {
  if (!s.isName(at)) return at;
  f.cte = s.identifier(at);
  f.ctes ??= new Map();
  if (f.recursive) f.ctes.set(f.cte, false);
  let i = at + 1;
  if (s.w[i] === '(') i = s.afterParenthesis(i);
  while (['AS', 'NOT', 'MATERIALIZED'].includes(s.w[i] ?? '')) i++;
  f.clause = 'head';
  return i;
}

/** Skips `[AS] alias` after a relation; a column list after it is not a list of columns that are read. */
function alias(s: StatementTokens, at: number, f: Frame): number {
  let i = at;
  if (s.w[i] === '*') i++;
  const as = s.w[i] === 'AS';
  if (as) i++;
  const quoted = s.tokens[i]?.kind === 'quoted';
  if (as && s.w[i] === '(') {
    f.clause = 'aliases';
    return i;
  }
  if (!s.isName(i) || (!as && !quoted && (RESERVED.has(s.w[i] ?? '') || ENDS_RELATION.has(s.w[i] ?? ''))))
    return i;
  i++;
  if (s.w[i] === '(' && f.clause === 'from') f.clause = 'aliases';
  return i;
}

const ENDS_RELATION = new Set(
  'SET VALUES VALUE USE FORCE IGNORE PARTITION STRAIGHT_JOIN UNION PROCEDURE MINUS LOOP DUPLICATE DO OVERRIDING RETURNING WINDOW QUALIFY LOCK'.split(
    ' ',
  ),
);
