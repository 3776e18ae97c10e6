import type { SqlEngine } from '../detection.ts';
import type { Layout } from '../sql/layout.ts';
import { compilerOf, type RunOptions } from './run-options.ts';

/** Those of `fields` that no event has a value of (SIGMA R19): "no match" and "could not match" are not the same. */
export async function absentFields(
  fields: readonly string[],
  engine: SqlEngine,
  layout: Layout,
  options: RunOptions,
): Promise<ReadonlySet<string>> {
  if (fields.length === 0) return new Set();
  // EXISTS stops at the first event that has the field: only what is really absent costs a scan.
  const columns = fields.map((field, i) => {
    const compiler = compilerOf(layout, options);
    const has = compiler.has(field);
    return `EXISTS (SELECT 1 FROM ${compiler.source()} WHERE ${has}) AS f${i}`;
  });
  const [row] = await engine.all(`SELECT ${columns.join(', ')}`, [], options.signal);
  return new Set(fields.filter((_, i) => Number(row?.[`f${i}`] ?? false) === 0));
}
