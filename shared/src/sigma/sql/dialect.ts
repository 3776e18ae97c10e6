import type { Comparison, TimePart } from '../predicate.ts';
import type { Pattern } from '../values/pattern.ts';

/** A piece of SQL that gives a value. */
export type Sql = string;

/**
 * What an engine must be able to say. Everything that depends on the engine stands behind this; the predicate tree,
 * the binding of fields and the logic of absent values do not. Adding an engine = one file that fills this in.
 * Tests may give NULL where the value is NULL: the caller makes that false (SIGMA R1).
 */
export interface SqlDialect {
  readonly id: string;
  readonly title: string;
  /** Definitions that its SQL needs where it uses their names. */
  readonly macros?: readonly { readonly name: string; readonly sql: Sql }[];
  /** What stands before a query that uses `macros`; without it, each on a line. */
  defining?(macros: readonly Sql[]): Sql;
  /** SQL that lists `name` of each column of `table`. */
  columnsOf(table: string): Sql;
  identifier(name: string): Sql;
  /** The one door through which a value gets into SQL text (SIGMA R22). */
  literal(text: string): Sql;
  truth(value: boolean): Sql;

  /** Simple case folding (SIGMA R4), the same relation as `fold` of values/fold.ts. */
  fold(text: Sql): Sql;
  equals(text: Sql, values: readonly string[]): Sql;
  /** Whether `text` as a whole is of `pattern`; a folded pattern meets a folded text. */
  like(text: Sql, pattern: Pattern): Sql;
  /** RE2 search (SIGMA R12); `flags` of i, m and s. */
  search(text: Sql, source: string, flags: string): Sql;
  contains(text: Sql, part: Sql): Sql;
  startsWith(text: Sql, part: Sql): Sql;
  endsWith(text: Sql, part: Sql): Sql;

  /** The text of a number as SIGMA R8 has it. */
  textOfInteger(value: Sql): Sql;
  textOfNumber(value: Sql): Sql;
  /** ISO 8601 with microseconds and Z. */
  textOfTime(value: Sql): Sql;
  compareNumber(value: Sql, is: Comparison, to: string): Sql;
  /** Compares text that counts as a number (SIGMA R10); other text is false. */
  compareText(text: Sql, is: Comparison, to: string): Sql;
  /** The address that `text` is as 32 hexadecimal digits, as `Network` has them; NULL where it is none (SIGMA R13). */
  address(text: Sql): Sql;
  /** A part of the instant, in `zone` (SIGMA R14); of a text, where it is ISO 8601. */
  timePart(value: Sql, type: 'time' | 'text', part: TimePart, zone: string): Sql;

  /** Whether a member of `list` passes `test`, which calls it `member` (SIGMA R16). */
  any(list: Sql, member: string, test: Sql): Sql;
  /** `value` of each member of `list`; without it, each test works the value out for itself. */
  each?(list: Sql, member: string, value: Sql): Sql;
  /** Whether `list` holds a member that is a value. */
  hasMember(list: Sql): Sql;
  /** The members of a list of texts as one text, for grouping. */
  joined(list: Sql): Sql;
  /** `name` of each object of a list. */
  memberOf(list: Sql, name: string): Sql;
  /** The values of a JSON object at `key`, else at the path that its dots name, as a list of texts; undefined: all values. */
  jsonValues(json: Sql, key: string | undefined): Sql;
  /** SQL for the distinct keys of the JSON objects in `column` of `table`, as `name`. */
  jsonKeys(table: string, column: string): Sql;
  /** Microseconds since 1970 UTC as an integer. */
  micros(time: Sql): Sql;
  /** `bits[i]` as bit i of an integer; at most 30. */
  bits(tests: readonly Sql[]): Sql;
}
