import type { SqlRow } from '@dbwitness/shared/sigma/detection.ts';
import { RunCancelled } from '@dbwitness/shared/sigma/run/rows.ts';
import { duckdb } from '@dbwitness/shared/sigma/sql/duckdb.ts';
import type { TableColumn, TableEngine } from '@dbwitness/shared/sigma/sql/table-engine.ts';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** Rows of one text of JSON: DuckDB takes it apart many times faster than the client appends texts. */
const BATCH = 8192;

/** How a column's values are written in the table and in the shape that JSON is read by. */
const TYPES = {
  integer: { column: 'BIGINT', shape: '"BIGINT"' },
  text: { column: 'VARCHAR', shape: '"VARCHAR"' },
  texts: { column: 'VARCHAR[]', shape: '["VARCHAR"]' },
} as const;

/** A DuckDB of its own in memory, for rules over any events. It reads no files and sends nothing. */
export async function openDuckDbTables(): Promise<TableEngine> {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    enable_external_access: 'false',
  });
  const connection = await instance.connect();
  return {
    dialect: duckdb,
    async all(sql) {
      return (await connection.runAndReadAll(sql)).getRowObjectsJS() as unknown as readonly SqlRow[];
    },
    async *stream(sql, _params, signal) {
      const result = await connection.stream(sql);
      for await (const rows of result.yieldRowObjectJs()) {
        if (signal?.aborted === true) throw new RunCancelled();
        yield rows as unknown as readonly SqlRow[];
      }
    },
    load: (table, columns) => load(connection, duckdb.identifier(table), columns),
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function load(
  connection: DuckDBConnection,
  table: string,
  columns: readonly TableColumn[],
): Promise<void> {
  const declared = columns.map(({ name, type }) => `${duckdb.identifier(name)} ${TYPES[type].column}`);
  await connection.run(`CREATE OR REPLACE TABLE ${table} (${declared.join(', ')})`);
  const shape = columns.map(({ type }, i) => `"c${i}":[${TYPES[type].shape}]`);
  const taken = columns.map((_, i) => `unnest(d.c${i})`);
  const insert = await connection.prepare(
    `INSERT INTO ${table} SELECT ${taken.join(', ')} FROM (SELECT from_json($1, '{${shape.join(',')}}') AS d)`,
  );
  const rows = columns[0]?.values.length ?? 0;
  for (let from = 0; from < rows; from += BATCH) {
    const parts = columns.map(({ values }, i) => {
      const part = values.slice(from, from + BATCH);
      // What is absent at the end would be left out.
      return `"c${i}":${JSON.stringify(Array.from(part as readonly unknown[], (value) => value ?? null))}`;
    });
    insert.bindVarchar(1, `{${parts.join(',')}}`);
    await insert.run();
  }
  insert.destroySync();
}
