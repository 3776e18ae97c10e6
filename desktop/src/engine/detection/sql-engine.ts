import type { SqlEngine, SqlRow, SqlValue } from '@dbwitness/shared/sigma/detection.ts';
import type { Database } from '../db/database.ts';

/** The rule engine's door to DuckDB: values as plain SQL values. */
export function sqlEngine(database: Database, signal?: AbortSignal): SqlEngine {
  return {
    all: async (sql, params) => {
      const rows = await database.all('scan', sql, [...params], signal);
      return rows.map((row) => plainRow(row));
    },
    async *stream(sql, params) {
      for await (const rows of database.stream(sql, [...params], signal))
        yield rows.map((row) => plainRow(row));
    },
  };
}

/** DuckDB's own kinds of value become text; a row without any, as nearly all are, is passed on as it is. */
function plainRow(row: Readonly<Record<string, unknown>>): SqlRow {
  let plain: Record<string, SqlValue> | undefined;
  for (const name in row) {
    const value = row[name];
    if (value === null || (typeof value !== 'object' && typeof value !== 'undefined')) continue;
    plain ??= { ...(row as SqlRow) };
    plain[name] = String(value);
  }
  return plain ?? (row as SqlRow);
}
