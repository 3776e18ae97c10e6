import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FIELDS } from '@dbwitness/shared/events/fields.ts';
import type { Filter } from '../host/filter.ts';
import type { CaseStore } from './case/case-store.ts';
import { sqlName, sqlText } from './db/database.ts';
import { filterCondition } from './query/filter-sql.ts';
import { shownColumns } from './query/pages.ts';
import { EVENTS } from './store/event-file.ts';
import { eventExpression, joinedTables } from './store/event-view.ts';

/** What an export holds: every field but the raw bytes, which stay in the vault. */
export const EXPORT_FIELDS: readonly string[] = FIELDS.map((field) => field.name).filter(
  (name) => name !== 'raw',
);

/** The events that meet a filter, in time order, with their fields as text; lists are arrays. For JSON Lines and tables. */
export async function* exportEvents(
  store: CaseStore,
  filter: Filter,
  fields: readonly string[] = EXPORT_FIELDS,
  signal?: AbortSignal,
): AsyncGenerator<Readonly<Record<string, string | readonly string[]>>> {
  const { sql, params } = filterCondition(filter);
  const { columns, read } = shownColumns(fields);
  const rows = store.database.stream(
    'scan',
    `SELECT ${columns.join(', ')} FROM ${joinedTables(EVENTS)} WHERE ${sql} ORDER BY r.rowid`,
    params,
    signal,
  );
  for await (const chunk of rows) for (const row of chunk) yield read(row);
}

/** First characters that make a spreadsheet take a cell for a formula, with their full-width forms (SECURITY OU-1). */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;

/** One row of CSV for people: every field quoted, and a `'` before what a spreadsheet would run. */
export function csvRow(
  fields: readonly string[],
  row: Readonly<Record<string, string | readonly string[]>>,
): string {
  return fields
    .map((name) => {
      const value = row[name];
      const text = value === undefined ? '' : typeof value === 'string' ? value : value.join('; ');
      return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
    })
    .join(',');
}

/** Writes the events that meet a filter to a new Parquet file at `path`, typed as in the field dictionary. */
export async function exportParquet(
  store: CaseStore,
  filter: Filter,
  path: string,
  signal?: AbortSignal,
): Promise<void> {
  const { sql, params } = filterCondition(filter);
  const columns = EXPORT_FIELDS.map((name) => `${eventExpression(name)} AS ${sqlName(name)}`);
  // SQL reaches no file outside the case: written there first.
  const inside = join(store.folder.temp, `${randomUUID()}.parquet`);
  try {
    await store.database.run(
      'scan',
      `COPY (SELECT ${columns.join(', ')} FROM ${joinedTables(EVENTS)} WHERE ${sql} ORDER BY r.rowid) TO ${sqlText(inside)} (FORMAT parquet)`,
      params,
      signal,
    );
    await moveTo(inside, path);
  } finally {
    await rm(inside, { force: true });
  }
}

/** Exclusive: nothing that exists is written over; copied where the case stands on another disk. */
async function moveTo(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_EXCL);
  await chmod(to, 0o600);
}
