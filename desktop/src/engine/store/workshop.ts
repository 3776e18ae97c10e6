import type { Database, Lane, SqlParameter } from '../db/database.ts';

/** Runs a statement on one connection. */
export type RunSql = (sql: string, params?: readonly SqlParameter[]) => Promise<void>;

/**
 * Schema of the tables and types that publishing needs only while it works, seen from both of its connections. A
 * transaction writes to one database: these are made outside of those that write the next file.
 */
export const WORKSHOP = 'stage.publish';

export function runOn(database: Database, lane: Lane): RunSql {
  return (sql, params = []) => database.run(lane, sql, params);
}

/** Clears what a publish, or one that failed, has left. */
export async function clearWorkshop(run: RunSql): Promise<void> {
  await run(`DROP SCHEMA IF EXISTS ${WORKSHOP} CASCADE`);
}

/** The values of all; fails only when none of them runs any more. */
export async function allDone<T extends readonly unknown[]>(
  work: readonly [...{ [K in keyof T]: Promise<T[K]> }],
): Promise<T> {
  await Promise.allSettled(work);
  return (await Promise.all(work)) as unknown as T;
}
