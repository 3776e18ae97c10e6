import type { Cancel } from '../../text/cancel.ts';
import type { SqlEngine, SqlRow } from '../detection.ts';

/**
 * Runs one statement, with data behind an INSERT where it has some, and gives what ClickHouse prints. The statement runs
 * under `CLICKHOUSE_SETTINGS`; tables that one statement makes are there for the next.
 */
export type RunClickHouse = (sql: string, signal?: Cancel) => Promise<string>;

/** ClickHouse behind the rule engine's door, however it is reached: in process, or as `clickhouse local`. */
export function clickhouseEngine(run: RunClickHouse): SqlEngine {
  return {
    async all(sql, _params, signal) {
      const text = await run(`${sql}\nFORMAT JSONEachRow`, signal);
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as SqlRow);
    },
  };
}
