import type { SqlEngine, SqlRow } from '@dbwitness/shared/sigma/detection.ts';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** DuckDB in memory behind the rule engine's door. */
export async function openDuckDb(): Promise<{
  readonly engine: SqlEngine;
  readonly connection: DuckDBConnection;
  close(): void;
}> {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  // A time zone of its own shows where a query leans on the session's.
  await connection.run(`SET TimeZone = 'Asia/Kolkata'`);
  const engine: SqlEngine = {
    all: async (sql) =>
      (await connection.runAndReadAll(sql)).getRowObjectsJS() as unknown as readonly SqlRow[],
    async *stream(sql) {
      const result = await connection.stream(sql);
      for await (const rows of result.yieldRowObjectJs()) yield rows as unknown as readonly SqlRow[];
    },
  };
  return {
    engine,
    connection,
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
