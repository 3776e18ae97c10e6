import type { AuditEvent, AuditObject } from '@dbwitness/shared/events/audit-event.ts';
import { type FIELDS, type Field, fieldNamed } from '@dbwitness/shared/events/fields.ts';

/**
 * How the columns of `record` are carried from a reader into DuckDB. Text repeats, so it travels and is stored as codes of
 * a dictionary: writing 500 000 rows of 24 such columns took 0.24 s as ENUM against 1.1 s as VARCHAR, and filters compare
 * small integers. Fields are read by functions of their own: each then has one shape of event to look at, which V8 reads
 * seven times faster than a property whose name varies.
 */
export interface Column<T> {
  readonly field: Field;
  readonly of: (event: AuditEvent) => T | undefined;
}

type Named<Shape> = Extract<(typeof FIELDS)[number], Shape>['name'];
type Places = 'exhibit' | 'byte_offset' | 'byte_length' | 'line' | 'statement_id';
type TextName = Exclude<Named<{ home: 'record'; type: 'text' }>, Places | 'time_raw'>;
type NumberName = Exclude<Named<{ home: 'record'; type: 'integer' | 'number' | 'timestamp' }>, Places>;

const TEXTS: Readonly<Record<TextName, Column<string>['of']>> = {
  time_basis: (event) => event.time_basis,
  product: (event) => event.product,
  format: () => undefined,
  server: (event) => event.server,
  instance: (event) => event.instance,
  session: (event) => event.session,
  transaction: (event) => event.transaction,
  user: (event) => event.user,
  effective_user: (event) => event.effective_user,
  os_user: (event) => event.os_user,
  role: (event) => event.role,
  client_ip: (event) => event.client_ip,
  client_host: (event) => event.client_host,
  application: (event) => event.application,
  auth_method: (event) => event.auth_method,
  database: (event) => event.database,
  schema: (event) => event.schema,
  action: (event) => event.action,
  class: (event) => event.class,
  object_type: (event) => event.object_type,
  object: (event) => event.object,
  result: (event) => event.result,
  error_code: (event) => event.error_code,
  message: (event) => event.message,
  severity: (event) => event.severity,
  ticket: (event) => event.ticket,
};

const NUMBERS: Readonly<Record<NumberName, Column<number>['of']>> = {
  time: (event) => event.time,
  session_seq: (event) => event.session_seq,
  statement_seq: (event) => event.statement_seq,
  client_port: (event) => event.client_port,
  rows: (event) => event.rows,
  duration_ms: (event) => event.duration_ms,
};

const TEXT_LISTS: Readonly<Record<'columns' | 'flags', Column<readonly string[]>['of']>> = {
  columns: (event) => event.columns,
  flags: (event) => event.flags,
};

function columns<T>(table: Readonly<Record<string, Column<T>['of']>>): readonly Column<T>[] {
  return Object.entries(table).map(([name, of]) => ({ field: named(name), of }));
}

function named(name: string): Field {
  const field = fieldNamed(name);
  if (field === undefined) throw new Error(`no field ${name} in the event dictionary`);
  return field;
}

export const TEXT_COLUMNS: readonly Column<string>[] = columns(TEXTS);
/** Numbers travel as doubles, NaN where absent: exact up to 2^53, which covers µs since 1970 and byte offsets. */
export const EVENT_NUMBER_COLUMNS: readonly Column<number>[] = columns(NUMBERS);
export const TEXT_LIST_COLUMNS: readonly Column<readonly string[]>[] = columns(TEXT_LISTS);
export const OBJECT_COLUMN: Column<readonly AuditObject[]> = {
  field: named('objects'),
  of: (event) => event.objects,
};

/** Where the record stands and which statement it has: told beside the event. In the order of `NUMBER_COLUMNS`. */
export const PLACE_COLUMNS = ['byte_offset', 'byte_length', 'line', 'statement_id'] as const;

export const NUMBER_COLUMNS: readonly Field[] = [
  ...EVENT_NUMBER_COLUMNS.map(({ field }) => field),
  ...PLACE_COLUMNS.map(named),
];
export const CODED_COLUMNS: readonly Field[] = TEXT_COLUMNS.map(({ field }) => field);
/** Lists are coded as the JSON text of the list. */
export const LIST_COLUMNS: readonly Field[] = [
  ...TEXT_LIST_COLUMNS.map(({ field }) => field),
  OBJECT_COLUMN.field,
];
/** The values bound to a statement differ from record to record: they are stored as the JSON text of their list. */
export const PARAMETERS_COLUMN = 'parameters_json';
/**
 * The time as logged, cut behind `2026-11-16 08:00`, `:00` and the rest: whole, nearly every record has a text of its own,
 * and of each part there are few.
 */
export const TIME_TEXT_COLUMNS = ['time_raw_0', 'time_raw_1', 'time_raw_2'] as const;
/** UTF-16 units before the second and the third part. */
export const TIME_TEXT_CUTS = [16, 19] as const;
/**
 * The members of `extra` are spread over this many coded columns, as fragments of JSON (`"pid":22298`), since each of them
 * repeats and the whole hardly ever does. The last column takes what has no column of its own.
 */
export const EXTRA_COLUMNS: readonly string[] = Array.from({ length: 12 }, (_, index) => `extra_${index}`);

/** Fields of a record that are put together when they are asked for, each with its expression. */
export const VIRTUAL_COLUMNS: readonly (readonly [name: string, expression: string])[] = [
  ['time_raw', TIME_TEXT_COLUMNS.map((name) => `CAST(${name} AS VARCHAR)`).join(' || ')],
  ['parameters', `from_json(CAST(${PARAMETERS_COLUMN} AS VARCHAR), '["VARCHAR"]')`],
  [
    'extra',
    `CASE WHEN ${EXTRA_COLUMNS.map((name) => `${name} IS NULL`).join(' AND ')} THEN NULL
      ELSE '{' || concat_ws(',', ${EXTRA_COLUMNS.map((name) => `CAST(${name} AS VARCHAR)`).join(', ')}) || '}' END`,
  ],
];

/** The coded columns of a batch in order: texts, lists, parameters, time as logged, members of `extra`. */
export const DICTIONARY_COLUMNS: readonly string[] = [
  ...CODED_COLUMNS.map((field) => field.name),
  ...LIST_COLUMNS.map((field) => field.name),
  PARAMETERS_COLUMN,
  ...TIME_TEXT_COLUMNS,
  ...EXTRA_COLUMNS,
];

/** Place of a column among the coded ones. */
export function dictionaryColumn(name: string): number {
  return DICTIONARY_COLUMNS.indexOf(name);
}
