import { FIELDS } from '@dbwitness/shared/events/fields.ts';
import { sqlName } from '../db/database.ts';

/**
 * The event's objects or columns: what the record adds, then what its statement names, each once and in this order, which
 * `list_distinct` would not keep.
 */
function merged(name: string): string {
  return `CASE WHEN l.${name} IS NULL THEN s.${name} WHEN s.${name} IS NULL THEN l.${name}
    ELSE list_concat(l.${name}, list_filter(s.${name}, e -> NOT list_contains(l.${name}, e))) END`;
}

/** Expressions that are not simply the record's own column, over `record r` and what it points to. */
const EXPRESSIONS: Readonly<Record<string, string>> = {
  event_id: `CAST(r.exhibit AS VARCHAR) || ':' || r.ordinal`,
  time_basis: `CAST(r.time_basis AS VARCHAR) || CASE WHEN r.time <> r.logged_time
    THEN ', offset ' || ((epoch_us(r.time) - epoch_us(r.logged_time)) // 1000) || ' ms' ELSE '' END`,
  statement: 's.text',
  fingerprint: 's.fingerprint',
  objects: merged('objects'),
  columns: merged('columns'),
  flags: 'f.flags',
  // The bytes stay in the vault; a query cannot reach them.
  raw: 'CAST(NULL AS VARCHAR)',
};

/** The SQL expression of one field of the dictionary over the joined tables, in the dictionary's type. */
export function eventExpression(name: string): string {
  const field = FIELDS.find((candidate) => candidate.name === name);
  if (field === undefined) throw new Error(`no field ${name} in the event dictionary`);
  return EXPRESSIONS[name] ?? `CAST(r.${sqlName(name)} AS ${field.sqlType})`;
}

/** What a record points to, by alias: its statement, the lists that it adds to those of the statement, its flags. */
const JOINS = {
  s: 'statement s ON s.statement_id = r.statement_id',
  l: 'list_set l ON l.list_set = r.list_set',
  f: 'flag_set f ON f.flag_bits = r.flag_bits',
} as const;

/**
 * Record with all that its row points to: `FROM` clause over the tables of the schema `schema`, or over some of its records.
 * With `read`, only with what these expressions read: DuckDB makes a join that nothing reads all the same.
 */
export function joinedTables(schema: string, records = `${schema}.record`, read?: string): string {
  const joins = Object.entries(JOINS)
    .filter(([alias]) => read === undefined || new RegExp(`\\b${alias}\\.`).test(read))
    .map(([, join]) => `LEFT JOIN ${schema}.${join}`);
  return [`${records} r`, ...joins].join('\n    ');
}

/** The view `event`: exactly the columns of the field dictionary. What rules, reports and the console see. */
export function eventViewSql(schema: string): string {
  const columns = FIELDS.map((field) => `${eventExpression(field.name)} AS ${sqlName(field.name)}`);
  return `SELECT ${columns.join(',\n  ')}\nFROM ${joinedTables(schema)}`;
}
