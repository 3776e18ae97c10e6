import type { Match, SqlEngine, SqlRow, SqlValue } from '../detection.ts';
import type { Plan } from '../plan/plan.ts';
import type { Sql } from '../sql/dialect.ts';
import { duckdb } from '../sql/duckdb.ts';
import type { Layout } from '../sql/layout.ts';
import { Gatherer } from './gather.ts';
import { rowsOf } from './rows.ts';
import { compilerOf, DEFAULT_LIMIT, type RunOptions, scopeSql } from './run-options.ts';

/** Bits of an integer that every engine and JavaScript keep. */
const BITS = 30;

/** Rules judged in one pass over the events. */
export const RULES_A_PASS = BITS;

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
  const compiler = compilerOf(layout, options);
  const tests = plans.map((plan) => compiler.test(plan.where, plan.selections));
  const packed = packSelections(plans, (plan, name) =>
    compiler.truth({ kind: 'selection', name }, plan.selections),
  );
  const where = [`(${tests.join(' OR ')})`, ...scopeSql(options.scope, dialect, compiler)].join(' AND ');
  const { grouping } = options;
  const fields = grouping?.fields.map((field, i) => `${compiler.text(field)} AS g${i}`) ?? [];
  const columns = [
    `${compiler.column('event_id')} AS id`,
    `${compiler.micros()} AS at`,
    `${dialect.bits(tests)} AS hits`,
    ...packed.words.map((word, i) => `${dialect.bits(word)} AS s${i}`),
    ...fields,
  ];
  const order = compiler.order();
  const sql = `SELECT ${columns.join(', ')} FROM ${compiler.source()} WHERE ${where} ORDER BY ${order}`;

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
        const held = packed.heldBy(row, i);
        into.gatherer.take({ events: [id], count: 1, first: at, last: at, fired_at: at, held }, key);
      }
    }
  }
  return plans.map((plan, i) => ({
    matches: found[i]?.gatherer.matches(plan.rule.key, plan.names.slice(0, BITS)) ?? [],
    total: found[i]?.total ?? 0,
  }));
}

/**
 * Which selections held, as few integers: those of a rule stand beside each other in one of them. Only the first 30 of a
 * rule are told.
 */
function packSelections(
  plans: readonly Plan[],
  test: (plan: Plan, name: string) => Sql,
): {
  readonly words: readonly (readonly Sql[])[];
  heldBy(row: SqlRow, plan: number): number;
} {
  const words: Sql[][] = [];
  const places = plans.map((plan) => {
    const tests = plan.names.slice(0, BITS).map((name) => test(plan, name));
    const last = words.at(-1) ?? [];
    const fits = words.length > 0 && last.length + tests.length <= BITS;
    if (fits) last.push(...tests);
    else words.push(tests);
    const shift = fits ? last.length - tests.length : 0;
    return { column: `s${words.length - 1}`, shift, mask: 2 ** tests.length - 1 };
  });
  return {
    words,
    heldBy(row, plan) {
      const { column = '', shift = 0, mask = 0 } = places[plan] ?? {};
      return (Number(row[column]) >> shift) & mask;
    },
  };
}

function textOf(value: SqlValue | undefined): string | undefined {
  return value === null || value === undefined ? undefined : String(value);
}
