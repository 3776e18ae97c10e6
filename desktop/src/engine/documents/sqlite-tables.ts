import { sqliteEngine } from '@dbwitness/shared/sigma/engines/sqlite/sqlite-engine.ts';
import type { TableEngine } from '@dbwitness/shared/sigma/sql/table-engine.ts';

/** SQLite in WebAssembly (sql.js), in memory: what the editor runs rules on. */
export async function openSqliteTables(): Promise<TableEngine> {
  const { default: initSqlJs } = await import('sql.js');
  const { Database } = await initSqlJs();
  return sqliteEngine(new Database());
}
