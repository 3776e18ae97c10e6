import type { TableEngine } from '@dbwitness/shared/sigma/sql/table-engine.ts';
import { openClickHouseTables } from './clickhouse-tables.ts';
import { openDuckDbTables } from './duckdb-tables.ts';
import { openSqliteTables } from './sqlite-tables.ts';

/** An engine on which rules run over any JSON events. */
export interface TableEngineKind {
  readonly id: string;
  readonly title: string;
  /** Opens one that holds nothing; throws an `EngineError` where it cannot be had on this machine. */
  open(): Promise<TableEngine>;
}

/** Every engine; the first is what is used where none is named. */
export const TABLE_ENGINES = [
  { id: 'duckdb', title: 'DuckDB', open: openDuckDbTables },
  { id: 'sqlite', title: 'SQLite', open: openSqliteTables },
  { id: 'clickhouse', title: 'ClickHouse', open: openClickHouseTables },
] as const satisfies readonly TableEngineKind[];
