import { type Field, fieldNamed } from '@dbwitness/shared/events/fields.ts';
import type { EventRow } from '../../host/events.ts';
import type { Database, SqlParameter } from '../db/database.ts';
import { EngineError } from '../engine-error.ts';
import { EVENTS } from '../store/event-file.ts';
import { eventExpression, joinedTables } from '../store/event-view.ts';
import { eventPlace } from './filter-sql.ts';
import type { View } from './views.ts';

/** Rows `[from, from + count)` of a view with the fields asked for, as text. */
export async function viewPage(
  database: Database,
  view: View,
  from: number,
  count: number,
  fields: readonly string[],
  signal?: AbortSignal,
): Promise<readonly EventRow[]> {
  const to = Math.min(view.rows, from + count);
  if (from >= to) return [];
  if (view.kind === 'stretch') {
    const condition = 'r.rowid BETWEEN ?::BIGINT AND ?::BIGINT';
    return eventRows(database, fields, condition, [view.first + from, view.first + to - 1], signal);
  }
  const at = await database.all(
    'page',
    `SELECT record_row::DOUBLE AS record_row FROM ${view.table} WHERE rowid BETWEEN ?::BIGINT AND ?::BIGINT ORDER BY rowid`,
    [view.first + from, view.first + to - 1],
    signal,
  );
  return rowsAt(
    database,
    fields,
    at.map((row) => Number(row.record_row)),
    signal,
  );
}

/** The events at these row ids, in this order. */
async function rowsAt(
  database: Database,
  fields: readonly string[],
  at: readonly number[],
  signal?: AbortSignal,
): Promise<readonly EventRow[]> {
  const rowids = at.map((rowid) => Math.floor(rowid));
  // The bounds let DuckDB pass over the groups of rows outside of them.
  const condition = `r.rowid BETWEEN ${Math.min(...rowids)} AND ${Math.max(...rowids)} AND r.rowid IN (${rowids.join(', ')})`;
  const place = new Map(at.map((rowid, index) => [rowid, index]));
  const found = await eventRows(database, fields, condition, [], signal, true);
  const ordered: EventRow[] = new Array(at.length);
  for (const { rowid, ...row } of found) {
    const index = place.get(Number(rowid));
    if (index !== undefined) ordered[index] = row as EventRow;
  }
  return ordered.filter((row) => row !== undefined);
}

/** More rows than are ever shown at once. */
const MOST_ROWS = 1000;

/** The few events that meet a condition over `record r`, in order of row id, with their fields as text. */
export async function eventRows(
  database: Database,
  fields: readonly string[],
  condition: string,
  params: readonly SqlParameter[],
  signal?: AbortSignal,
  withRowid = false,
): Promise<readonly EventRow[]> {
  const { columns, read } = shownColumns(fields);
  // The limit says that they are few: DuckDB would take a condition on row ids to leave a fifth, and read every statement.
  const few = `(SELECT * FROM ${EVENTS}.record r WHERE ${condition} LIMIT ${MOST_ROWS})`;
  const rows = await database.rows(
    'page',
    `SELECT ${[...columns, 'CAST(r.rowid AS VARCHAR) AS record_row'].join(', ')} FROM ${joinedTables(EVENTS, few)} ORDER BY r.rowid`,
    params,
    signal,
  );
  return rows.map((values) => (withRowid ? { ...read(values), rowid: String(values.at(-1)) } : read(values)));
}

/** The SQL that gives fields as text, and what makes an event row of its values, which stand in the order of the fields. */
export function shownColumns(fields: readonly string[]): {
  readonly columns: readonly string[];
  readonly read: (values: readonly SqlParameter[]) => EventRow;
} {
  const known = fields.map(namedField);
  return {
    columns: known.map((field, column) => `${shown(field)} AS c${column}`),
    read(values) {
      const row: Record<string, string | readonly string[]> = {};
      known.forEach((field, column) => {
        const value = values[column];
        if (typeof value === 'string')
          row[field.name] = isList(field) ? (JSON.parse(value) as string[]) : value;
      });
      return row;
    },
  };
}

function namedField(name: string): Field {
  const field = fieldNamed(name);
  if (field === undefined) throw new EngineError('field/unknown', `Events have no field “${name}”.`);
  return field;
}

function isList(field: Field): boolean {
  return field.type === 'text list' || field.type === 'object list';
}

/** A field as text: times in ISO 8601 with microseconds, numbers with all their digits, lists as JSON arrays of text. */
function shown(field: Field): string {
  const value = eventExpression(field.name);
  switch (field.type) {
    case 'timestamp':
      return `strftime(${value}, '%Y-%m-%dT%H:%M:%S.%fZ')`;
    case 'text list':
      return `CAST(to_json(nullif(${value}, [])) AS VARCHAR)`;
    case 'object list':
      return `CAST(to_json(nullif(list_transform(${value}, o -> concat_ws(' ', o.type, o.name, '(' || o.access || ')')), [])) AS VARCHAR)`;
    default:
      return `CAST(${value} AS VARCHAR)`;
  }
}

/** Position in the view of the first event at or after a time, or of an event; -1 when it is not in the view. */
export async function locate(
  database: Database,
  view: View,
  wanted: { readonly time?: number | undefined; readonly event?: string | undefined },
  signal?: AbortSignal,
): Promise<number> {
  const rowid =
    wanted.event === undefined
      ? await firstAt(database, wanted.time ?? 0, signal)
      : await rowOf(database, wanted.event, signal);
  if (rowid === undefined) return -1;
  if (view.kind === 'stretch') {
    // A time before the stretch leads to its first event.
    const at = Math.max(0, rowid - view.first);
    const inside = at < view.rows && (wanted.event === undefined || rowid >= view.first);
    return inside ? at : -1;
  }
  const first = view.ordered
    ? 'min(rowid)'
    : // Sorted by another field, the event nearest after the time may stand anywhere.
      'arg_min(rowid, record_row)';
  const [row] = await database.all(
    'page',
    `SELECT ${first}::DOUBLE AS position FROM ${view.table}
     WHERE record_row ${wanted.event === undefined ? '>=' : '='} ?::BIGINT AND rowid BETWEEN ?::BIGINT AND ?::BIGINT`,
    [rowid, view.first, view.first + view.rows - 1],
    signal,
  );
  return typeof row?.position === 'number' ? row.position - view.first : -1;
}

async function firstAt(database: Database, time: number, signal?: AbortSignal): Promise<number | undefined> {
  const [row] = await database.all(
    'page',
    `SELECT min(r.rowid)::DOUBLE AS record_row FROM ${EVENTS}.record r WHERE r.time >= make_timestamp(CAST(? AS DOUBLE)::BIGINT)`,
    [Math.round(time)],
    signal,
  );
  return typeof row?.record_row === 'number' ? row.record_row : undefined;
}

/** Row id of an event id. */
export async function rowOf(
  database: Database,
  event: string,
  signal?: AbortSignal,
): Promise<number | undefined> {
  const place = eventPlace(event);
  if (place === undefined) return undefined;
  const [row] = await database.all(
    'page',
    `SELECT min(r.rowid)::DOUBLE AS record_row FROM ${EVENTS}.record r WHERE r.exhibit = ? AND r.ordinal = ?`,
    [place.exhibit, place.ordinal],
    signal,
  );
  return typeof row?.record_row === 'number' ? row.record_row : undefined;
}
