import type { Match, SqlEngine, SqlValue } from '../detection.ts';
import type { Plan } from '../plan/plan.ts';
import { Compiler } from '../sql/compile.ts';
import { duckdb } from '../sql/duckdb.ts';
import type { Layout } from '../sql/layout.ts';
import { Gatherer } from './gather.ts';
import { rowsOf } from './rows.ts';
import { CASE_ORDER, DEFAULT_LIMIT, type RunOptions, scopeSql } from './run-options.ts';

/** Rules judged in one pass over the events: as many as an integer has bits that every engine keeps. */
export const RULES_A_PASS = 30;

export interface Found {
  readonly matches: readonly Match[];
  readonly total: number;
}

/**
 * Judges up to `RULES_A_PASS` rules in one pass. The pass filters by any of them; which ones and which of their
 * selections held is worked out for the events that remain.
 */
export async function runDetections(
  plans: readonly Plan[],
  engine: SqlEngine,
  layout: Layout,
  options: RunOptions,
): Promise<readonly Found[]> {
  const dialect = options.dialect ?? duckdb;
  const compiler = new Compiler(dialect, layout, options.estate?.zone ?? 'UTC');
  const tests = plans.map((plan) => compiler.test(plan.where, plan.selections));
  const columns = plans.map((plan, i) => {
    const names = plan.names.slice(0, RULES_A_PASS);
    const held = names.map((name) => compiler.truth({ kind: 'selection', name }, plan.selections));
    return `CASE WHEN ${tests[i]} THEN ${dialect.bits(held)} ELSE 0 END AS n${i}`;
  });
  const where = [`(${tests.join(' OR ')})`, ...scopeSql(options.scope, dialect)].join(' AND ');
  const { grouping } = options;
  const fields = grouping?.fields.map((field, i) => `, ${compiler.text(field)} AS g${i}`) ?? [];
  const sql = `SELECT e.event_id AS id, ${dialect.micros('e.time')} AS at, ${dialect.bits(tests)} AS hits, ${columns.join(', ')}${fields.join('')} FROM ${compiler.source()} WHERE ${where} ORDER BY ${CASE_ORDER}`;

  const limit = options.limit ?? DEFAULT_LIMIT;
  const found = plans.map(() => ({ gatherer: new Gatherer(limit, grouping?.levels ?? 1), total: 0 }));
  for await (const batch of rowsOf(engine, sql, options.signal)) {
    for (const row of batch) {
      const hits = Number(row.hits);
      const id = String(row.id);
      const at = Number(row.at ?? 0);
      const values = fields.map((_, i) => textOf(row[`g${i}`]));
      const key = (level: number) => grouping?.key(values, level) ?? id;
      for (const [i, into] of found.entries()) {
        if ((hits & (1 << i)) === 0) continue;
        into.total++;
        if (grouping === undefined && into.total > limit) continue;
        const held = Number(row[`n${i}`]);
        into.gatherer.take({ events: [id], count: 1, first: at, last: at, fired_at: at, held }, key);
      }
    }
  }
  return plans.map((plan, i) => ({
    matches: found[i]?.gatherer.matches(plan.rule.key, plan.names.slice(0, RULES_A_PASS)) ?? [],
    total: found[i]?.total ?? 0,
  }));
}

function textOf(value: SqlValue | undefined): string | undefined {
  return value === null || value === undefined ? undefined : String(value);
}
