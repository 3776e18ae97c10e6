import type { SqlEngine } from '../detection.ts';
import { asks } from '../plan/in-words.ts';
import { planRule } from '../plan/plan.ts';
import { leavesOf } from '../predicate.ts';
import type { DetectionRule, FilterRule } from '../rule.ts';
import { compilerOf, layoutOf, type RunOptions } from './run-options.ts';

/** Why a rule saw an event, or did not: each of its tests with the value that it met. */
export interface Explanation {
  readonly event: string;
  readonly selections: readonly { readonly name: string; readonly satisfied: boolean }[];
  readonly tests: readonly ExplainedTest[];
}

export interface ExplainedTest {
  readonly selection: string;
  /** Undefined: a keyword, which looks at every field. */
  readonly field: string | undefined;
  /** What is asked of the field, in words. */
  readonly asks: string;
  /** The event's value as text; undefined where it has none. */
  readonly value: string | undefined;
  readonly satisfied: boolean;
}

/** Tests shown of one rule: lists of thousands of values say no more than their first. */
const MOST_TESTS = 200;

/**
 * Explains `rule` on the named events, in the order of the case; empty where the rule cannot run. One query, in which
 * every test of every search is a column.
 */
export async function explain(
  rule: DetectionRule,
  engine: SqlEngine,
  events: readonly string[],
  options: RunOptions & { readonly filters?: readonly FilterRule[] } = {},
): Promise<readonly Explanation[]> {
  const made = planRule(rule, options.filters ?? [], options.estate, options.events);
  if (!('plan' in made) || events.length === 0) return [];
  const { plan } = made;
  const layout = await layoutOf(engine, plan.fields, options);
  const compiler = compilerOf(layout, options, 'plain');
  const leaves = plan.names
    .flatMap((name) =>
      [...leavesOf({ kind: 'selection', name }, plan.selections)].map((leaf) => ({ name, leaf })),
    )
    .slice(0, MOST_TESTS);
  const id = compiler.column('event_id');
  const columns = [
    `${id} AS id`,
    ...plan.names.map(
      (name, i) => `${compiler.truth({ kind: 'selection', name }, plan.selections)} AS n${i}`,
    ),
    ...leaves.map(({ leaf }, i) => `${compiler.truth(leaf, plan.selections)} AS t${i}`),
    ...plan.fields.map((field, i) => `${compiler.text(field)} AS f${i}`),
  ];
  const order = compiler.order();
  const sql = `SELECT ${columns.join(', ')} FROM ${compiler.source(events)} WHERE ${compiler.among(events)} ORDER BY ${order}`;
  const rows = await engine.all(sql, [], options.signal);
  return rows.map((row) => ({
    event: String(row.id),
    selections: plan.names.map((name, i) => ({ name, satisfied: isTrue(row[`n${i}`]) })),
    tests: leaves.map(({ name, leaf }, i) => {
      const value = row[`f${plan.fields.indexOf(leaf.field ?? '')}`];
      return {
        selection: name,
        field: leaf.field,
        asks: asks(leaf),
        // Members of a list come joined by U+001F, which stands in none of them.
        value: value === null || value === undefined ? undefined : String(value).replaceAll('\u001f', ', '),
        satisfied: isTrue(row[`t${i}`]),
      };
    }),
  }));
}

function isTrue(value: unknown): boolean {
  return value === true || value === 1 || value === 1n;
}
