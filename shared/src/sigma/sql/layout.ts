import type { Leaf, MembersLeaf, Predicate } from '../predicate.ts';
import type { Sql, SqlDialect } from './dialect.ts';

/** A field's value in SQL, with the type that decides how it compares. `absent`: this data has no such field. */
export interface Operand {
  readonly type: 'text' | 'integer' | 'number' | 'time' | 'list' | 'absent';
  readonly sql: Sql;
  /** The same under case folding, where the data keeps it; else the dialect folds. */
  readonly folded?: Sql;
  /** The same with times in ISO 8601, where the field says them in other words. */
  readonly instant?: Sql;
  /** The addresses among the same as the dialect's `address` gives them, where the data keeps them so; no digits where it is none. */
  readonly address?: Sql;
}

/**
 * Where a test of a field is judged: on each event (`event`), or once for each row of another place: the distinct
 * statements, the distinct values of a field.
 */
export type Home = string;

/** The rows of a home and how they meet the events: a row has `key`, an event has it in its column `on`. */
export interface Place {
  readonly from: Sql;
  readonly key: Sql;
  readonly on: string;
}

/** A test of no field by name: a keyword, which looks at every value of the event. */
export type KeywordLeaf = Extract<Leaf, { kind: 'text' | 'regex' }>;

/**
 * How the events lie in an engine's tables: which SQL gives a field that a rule names, and where a test of it is cheapest.
 * Each event has the columns `event_id` and `time` besides. The dialect says how an engine spells it.
 */
export interface Layout {
  /** What gives the events their order: time, then the place in the source (SIGMA K9). */
  order(column: (name: string) => Sql): readonly Sql[];
  /** The column that tells records of one source file, whose order is certain, from those of another; undefined: one source. */
  readonly source: string | undefined;
  /** A relation with the columns asked for, at least for the events of `ids` where they are given. */
  events(columns: ReadonlySet<string>, ids?: readonly string[]): Sql;
  /** Binds a field that a rule names (SIGMA R18, R19). `column` gives the SQL of a column where the test is judged. */
  bind(field: string, dialect: SqlDialect, column: (name: string) => Sql): Operand;
  /** A keyword as tests of fields (SIGMA R11). */
  keyword(leaf: KeywordLeaf): Predicate;
  /** A test of an array's members as a test of what the data keeps for it (SIGMA R17). */
  members(leaf: MembersLeaf): Predicate;
  homeOf(field: string): Home;
  /** What a home, save `event`, calls the column that the events call `name`. */
  columnAt(home: Home, name: string): string;
  placeOf(home: Home, dialect: SqlDialect): Place;
  /**
   * A list to which the event's statement adds: the column with what the record itself says, and whether its values are
   * a home of their own. The rest is judged at the home `statement`.
   */
  shared(field: string): { readonly own: string; readonly apart: boolean } | undefined;
  /** Microseconds since 1970 UTC of the column `time`. */
  micros(time: Sql, dialect: SqlDialect): Sql;
  /** Whether the column `event_id` is one of `ids`, which are as results give them. */
  among(id: Sql, ids: readonly string[], dialect: SqlDialect): Sql;
}
