import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { FIELDS, type Field } from '@dbwitness/shared/events/fields.ts';
import type { Filter } from '../../host/filter.ts';
import type { OpenedCase } from '../context.ts';
import { type SqlParameter, sqlName, sqlText } from '../db/database.ts';
import { EVENTS } from '../store/event-file.ts';
import { eventExpression, joinedTables } from '../store/event-view.ts';
import { csvRow } from './csv-row.ts';
import { filterCondition } from './filter-sql.ts';
import { shownColumns } from './pages.ts';

/** What an export holds: every field but the raw bytes, which stay in the vault. */
const EXPORTED: readonly Field[] = FIELDS.filter((field) => field.name !== 'raw');
const NAMES = EXPORTED.map((field) => field.name);

/** Rows fetched at a time: some MB of text. */
const PAGE = 5000;

export type TextExport = 'jsonl' | 'csv';

/**
 * The events that meet a filter, in time order, as pieces of text of many lines each. JSON Lines is the exact form: names
 * of the field dictionary, absent fields left out, times in ISO 8601 with microseconds. CSV is for people (SECURITY OU-1).
 */
export async function* exportText(
  opened: OpenedCase,
  filter: Filter,
  form: TextExport,
  signal?: AbortSignal,
): AsyncGenerator<{ readonly text: string; readonly events: number }> {
  if (form === 'jsonl') {
    for await (const rows of pages(opened, filter, [JSON_LINE], signal))
      yield { text: rows.map(([line]) => `${String(line)}\n`).join(''), events: rows.length };
    return;
  }
  const { columns, read } = shownColumns(NAMES);
  yield { text: csvRow(NAMES), events: 0 };
  for await (const rows of pages(opened, filter, columns, signal)) {
    const lines = rows.map((values) => {
      const row = read(values);
      return csvRow(NAMES.map((name) => row[name]));
    });
    yield { text: lines.join(''), events: rows.length };
  }
}

/**
 * Writes the events that meet a filter as Parquet, typed as in the field dictionary, into the case's own folder, outside
 * of which SQL reaches no file. Returns its path there: the caller takes it away.
 */
export async function exportParquet(
  { store, views }: OpenedCase,
  filter: Filter,
  signal?: AbortSignal,
): Promise<{ readonly path: string; readonly events: number }> {
  const { rows } = await views.open(filter, undefined, signal);
  const { sql, params } = filterCondition(filter);
  const columns = EXPORTED.map(({ name }) => `${eventExpression(name)} AS ${sqlName(name)}`);
  const path = join(store.folder.temp, `${randomUUID()}.parquet`);
  await store.database.run(
    'scan',
    `COPY (SELECT ${columns.join(', ')} FROM ${joinedTables(EVENTS)} WHERE ${sql} ORDER BY r.rowid) TO ${sqlText(path)} (FORMAT parquet)`,
    params,
    signal,
  );
  return { path, events: rows };
}

/** Pages of a view in time order. The filter is worked out once, whatever its length; a page is a stretch of row ids. */
async function* pages(
  { store, views }: OpenedCase,
  filter: Filter,
  columns: readonly string[],
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly (readonly SqlParameter[])[]> {
  const { database } = store;
  const view = views.get((await views.open(filter, undefined, signal)).view);
  for (let from = 0; from < view.rows; from += PAGE) {
    const to = Math.min(view.rows, from + PAGE) - 1;
    let condition = 'r.rowid BETWEEN ?::BIGINT AND ?::BIGINT';
    let params: readonly SqlParameter[] = [from, to];
    if (view.kind === 'stretch') params = [view.first + from, view.first + to];
    else {
      const chosen = `SELECT record_row FROM ${view.table} WHERE rowid BETWEEN ${from} AND ${to}`;
      // The bounds let DuckDB pass over the rest of the records.
      const [bounds] = await database.all(
        'scan',
        `SELECT min(record_row)::DOUBLE AS first, max(record_row)::DOUBLE AS last FROM (${chosen})`,
      );
      params = [Number(bounds?.first), Number(bounds?.last)];
      condition += ` AND r.rowid IN (${chosen})`;
    }
    yield await database.rows(
      'scan',
      `SELECT ${columns.join(', ')} FROM ${joinedTables(EVENTS)} WHERE ${condition} ORDER BY r.rowid`,
      params,
      signal,
    );
  }
}

/** An event as one line of JSON, made by DuckDB: 64-bit numbers keep their digits. `concat_ws` leaves absent fields out. */
const JSON_LINE = `'{' || concat_ws(',', ${EXPORTED.map((field) => `'"${field.name}":' || ${jsonOf(field)}`).join(', ')}) || '}'`;

function jsonOf({ name, type }: Field): string {
  const value = eventExpression(name);
  switch (type) {
    case 'timestamp':
      return `strftime(${value}, '"%Y-%m-%dT%H:%M:%S.%fZ"')`;
    case 'integer':
    case 'number':
      return `CAST(${value} AS VARCHAR)`;
    case 'json':
      return value;
    case 'text':
      return `CAST(to_json(${value}) AS VARCHAR)`;
    case 'text list':
    case 'object list':
      return `CAST(to_json(nullif(${value}, [])) AS VARCHAR)`;
  }
}
