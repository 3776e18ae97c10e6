import type { Cancel } from '../../text/cancel.ts';
import type { SqlRow } from '../detection.ts';
import { clickhouse } from '../sql/clickhouse.ts';
import type { TableColumn, TableEngine } from '../sql/table-engine.ts';

/** ClickHouse, however it is reached: as `clickhouse local`, or in the process. */
export interface ClickHouse {
  /**
   * Runs one statement, with data behind an INSERT where it has some, and gives what ClickHouse prints. Statements run
   * under `CLICKHOUSE_SETTINGS`; tables that one makes are there for the next.
   */
  run(sql: string, signal?: Cancel): Promise<string>;
  close(): Promise<void>;
}

/** Rows that one INSERT brings in. */
const BATCH = 8192;

const TYPES = { integer: 'Nullable(Int64)', text: 'Nullable(String)', texts: 'Array(String)' } as const;

/** ClickHouse as an engine for rules. The database is the engine's from here on. */
export function clickhouseEngine(database: ClickHouse): TableEngine {
  return {
    dialect: clickhouse,
    async all(sql, _params, signal) {
      const printed = await database.run(`${sql}\nFORMAT JSONEachRow`, signal);
      return printed
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as SqlRow);
    },
    load: (table, columns) => load(database, clickhouse.identifier(table), columns),
    close: () => database.close(),
  };
}

async function load(database: ClickHouse, table: string, columns: readonly TableColumn[]): Promise<void> {
  const declared = columns.map(({ name, type }) => `${clickhouse.identifier(name)} ${TYPES[type]}`);
  await database.run(
    `CREATE OR REPLACE TABLE ${table} (${declared.join(', ')}) ENGINE = MergeTree ORDER BY tuple()`,
  );
  const rows = columns[0]?.values.length ?? 0;
  for (let from = 0; from < rows; from += BATCH) {
    const to = Math.min(rows, from + BATCH);
    let lines = '';
    // A list has no NULL: an empty one stands for it.
    for (let row = from; row < to; row++)
      lines += `${JSON.stringify(columns.map(({ type, values }) => values[row] ?? (type === 'texts' ? [] : null)))}\n`;
    await database.run(`INSERT INTO ${table} FORMAT JSONCompactEachRow\n${lines}`);
  }
}
