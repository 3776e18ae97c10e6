import type { ObjectAccess } from '../../events/audit-event.ts';
import type { Draft } from '../draft.ts';
import type { StatementTokens } from '../statement-tokens.ts';

/** What the words of a query mean where the reader stands. */
export type Clause = 'head' | 'targets' | 'from' | 'into' | 'names' | 'expression' | 'aliases';

/** What lies between two parentheses, or the whole statement. */
export interface Frame {
  clause: Clause;
  /** The parenthesis belongs to a call, whose FROM and commas are its own. */
  readonly call: boolean;
  /** A relation comes next, to be used so. */
  expect: ObjectAccess | undefined;
  /** Access of the relations that commas and JOINs add. */
  listed: ObjectAccess;
  star: boolean;
  narrowed: boolean;
  /** The current SELECT reads users' relations, or derived tables that read them whole. */
  reads: boolean;
  /** Users' relations are read whole by what stands in the frame. */
  whole: boolean;
  /** UPDATE or DELETE whose WHERE has not been seen. */
  unbounded: boolean;
  merging: boolean;
  /** Common table expressions that are visible, and whether each reads relations whole. */
  ctes: Map<string, boolean> | undefined;
  /** Name of the common table expression whose query comes next, or is inside. */
  cte: string | undefined;
  withList: boolean;
  recursive: boolean;
  /** A SELECT was seen. */
  query: boolean;
}

/** What an opening parenthesis starts. */
export function frame(call: boolean): Frame {
  return {
    clause: 'head',
    call,
    expect: undefined,
    listed: 'read',
    star: false,
    narrowed: false,
    reads: false,
    whole: false,
    unbounded: false,
    merging: false,
    ctes: undefined,
    cte: undefined,
    withList: false,
    recursive: false,
    query: false,
  };
}

/** A SELECT, or the next one of a UNION, starts. */
export function begin(f: Frame, clause: Clause): void {
  f.clause = clause;
  f.withList = false;
  f.star = false;
  f.narrowed = false;
  f.reads = false;
  f.listed = 'read';
  f.query = true;
}

/** The SELECT of a frame, or its data change, is over. */
export function finish(s: StatementTokens, d: Draft, f: Frame): void {
  if (f.star && !f.narrowed) f.whole ||= f.reads;
  if (f.unbounded && !s.cut) d.flag('destructive');
  f.unbounded = false;
  f.star = false;
}
