import type { SqlEngine } from '../detection.ts';
import { Compiler } from '../sql/compile.ts';
import { duckdb } from '../sql/duckdb.ts';
import type { Layout } from '../sql/layout.ts';
import type { RunOptions } from './run-options.ts';

/** Those of `fields` that no event has a value of (SIGMA R19): "no match" and "could not match" are not the same. */
export async function absentFields(
  fields: readonly string[],
  engine: SqlEngine,
  layout: Layout,
  options: RunOptions,
): Promise<ReadonlySet<string>> {
  if (fields.length === 0) return new Set();
  const dialect = options.dialect ?? duckdb;
  const compiler = new Compiler(dialect, layout, 'UTC');
  const columns = fields.map(
    (field, i) => `max(CASE WHEN ${compiler.has(field)} THEN 1 ELSE 0 END) AS f${i}`,
  );
  const [row] = await engine.all(
    `SELECT ${columns.join(', ')} FROM ${compiler.source()}`,
    [],
    options.signal,
  );
  return new Set(fields.filter((_, i) => Number(row?.[`f${i}`] ?? 0) === 0));
}
