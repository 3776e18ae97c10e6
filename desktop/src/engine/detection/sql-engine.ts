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

function plainRow(row: Readonly<Record<string, unknown>>): SqlRow {
  const plain: Record<string, SqlValue> = {};
  for (const [name, value] of Object.entries(row)) {
    plain[name] =
      value === null ||
      typeof value === 'string' ||
      typeof value === 'number' ||
      typeof value === 'bigint' ||
      typeof value === 'boolean'
        ? value
        : String(value);
  }
  return plain;
}
