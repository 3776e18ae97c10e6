import type { SqlRow } from '../../detection.ts';
import { RunCancelled } from '../../run/rows.ts';
import { sqlite } from '../../sql/sqlite.ts';
import { textForSqlite, textFromSqlite } from '../../sql/sqlite-text.ts';
import type { TableColumn, TableEngine } from '../../sql/table-engine.ts';
import { type SqliteFunction, sqliteFunctions } from './functions.ts';

/** What of a database of sql.js is used: whoever has opened one hands it in. */
export interface SqliteDatabase {
  run(sql: string): unknown;
  prepare(sql: string): SqliteStatement;
  create_function(name: string, run: SqliteFunction): unknown;
  close(): void;
}

interface SqliteStatement {
  bind(values: (string | number | null)[]): boolean;
  step(): boolean;
  get(): readonly (string | number | bigint | Uint8Array | null)[];
  getColumnNames(): string[];
  free(): unknown;
}

/** Rows between two looks at whether anybody waits still. */
const BATCH = 4096;

/** SQLite, WebAssembly as a rule, as an engine for rules. The database is the engine's from here on. */
export function sqliteEngine(database: SqliteDatabase): TableEngine {
  for (const [name, run] of Object.entries(sqliteFunctions())) database.create_function(name, run);
  return {
    dialect: sqlite,
    async all(sql) {
      const rows: SqlRow[] = [];
      for (const batch of batches(database, sql)) rows.push(...batch);
      return rows;
    },
    async *stream(sql, _params, signal) {
      for (const batch of batches(database, sql)) {
        if (signal?.aborted === true) throw new RunCancelled();
        yield batch;
      }
    },
    async load(table, columns) {
      load(database, sqlite.identifier(table), columns);
    },
    async close() {
      database.close();
    },
  };
}

function* batches(database: SqliteDatabase, sql: string): Generator<readonly SqlRow[]> {
  const statement = database.prepare(sql);
  try {
    const names = statement.getColumnNames();
    let batch: SqlRow[] = [];
    while (statement.step()) {
      const row: Record<string, string | number | null> = {};
      for (const [i, value] of statement.get().entries()) {
        const name = names[i] ?? '';
        if (typeof value === 'string') row[name] = textFromSqlite(value);
        else row[name] = typeof value === 'number' ? value : null;
      }
      batch.push(row);
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
    yield batch;
  } finally {
    statement.free();
  }
}

/**
 * One prepared insert, bound row by row: measured, four times faster than rows as JSON that SQLite takes apart. Columns have
 * no declared type, so that nothing is converted.
 */
function load(database: SqliteDatabase, table: string, columns: readonly TableColumn[]): void {
  const names = columns.map(({ name }) => sqlite.identifier(name)).join(', ');
  database.run('BEGIN');
  database.run(`DROP TABLE IF EXISTS ${table}`);
  database.run(`CREATE TABLE ${table} (${names})`);
  const insert = database.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join(', ')})`);
  try {
    const rows = columns[0]?.values.length ?? 0;
    const bound: (string | number | null)[] = columns.map(() => null);
    for (let row = 0; row < rows; row++) {
      for (const [i, { values }] of columns.entries()) bound[i] = boundTo(values[row]);
      insert.bind(bound);
      insert.step();
    }
  } finally {
    insert.free();
    database.run('COMMIT');
  }
}

function boundTo(value: number | string | readonly string[] | undefined): string | number | null {
  if (value === undefined) return null;
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return textForSqlite(value);
  return JSON.stringify(value.map(textForSqlite));
}
