import type { SqlRow } from '../../detection.ts';
import { RunCancelled } from '../../run/rows.ts';
import { NUL_ASIDE, sqlite } from '../../sql/sqlite.ts';
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

/** Rows between two looks at whether anybody waits still, and rows that one text of JSON brings in. */
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
        if (typeof value === 'string')
          row[name] = value.includes(NUL_ASIDE) ? value.replaceAll(NUL_ASIDE, '\0') : value;
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
 * Rows come in as JSON, many at a time: SQLite takes it apart much faster than the client can bind values one by one.
 * Columns have no declared type, so that nothing is converted.
 */
function load(database: SqliteDatabase, table: string, columns: readonly TableColumn[]): void {
  const names = columns.map(({ name }) => sqlite.identifier(name));
  database.run(`DROP TABLE IF EXISTS ${table}`);
  database.run(`CREATE TABLE ${table} (${names.join(', ')})`);
  const rows = columns[0]?.values.length ?? 0;
  const picked = columns.map((_, i) => `json_extract(value, '$[${i}]')`);
  const statement = database.prepare(`INSERT INTO ${table} SELECT ${picked.join(', ')} FROM json_each(?)`);
  try {
    for (let from = 0; from < rows; from += BATCH) {
      const to = Math.min(rows, from + BATCH);
      const batch: unknown[] = [];
      for (let row = from; row < to; row++) batch.push(columns.map(({ values }) => values[row] ?? null));
      statement.bind([withoutNul(JSON.stringify(batch))]);
      statement.step();
    }
  } finally {
    statement.free();
  }
}

/** SQLite would end a text at U+0000. In JSON it stands escaped, behind an even number of backslashes. */
function withoutNul(json: string): string {
  return json.includes('\\u0000') ? json.replace(/(?<!\\)((?:\\\\)*)\\u0000/g, `$1${NUL_ASIDE}`) : json;
}
