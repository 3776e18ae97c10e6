import type { Estate } from '../../estate/estate.ts';
import type { EventKind } from '../plan/event-kind.ts';
import { planRule } from '../plan/plan.ts';
import type { DetectionRule, FilterRule } from '../rule.ts';
import { DICTIONARY_LAYOUT } from './case-layout.ts';
import { Compiler } from './compile.ts';
import type { SqlDialect } from './dialect.ts';
import type { Layout } from './layout.ts';

export interface ShowOptions {
  readonly estate?: Estate;
  /** Of the case; without it, that of the field dictionary. */
  readonly layout?: Layout;
  readonly filters?: readonly FilterRule[];
  /** What the events are; by default those of a case. */
  readonly events?: EventKind;
}

/**
 * The SQL that finds the events of one detection rule, for showing (`duckdbText` reads best); or why there is none.
 */
export function compileToSql(
  rule: DetectionRule,
  dialect: SqlDialect,
  options: ShowOptions = {},
): { readonly sql: string } | { readonly reason: string } {
  const made = planRule(rule, options.filters ?? [], options.estate, options.events);
  if (!('plan' in made)) return { reason: made.reason };
  const { layout = DICTIONARY_LAYOUT } = options;
  const compiler = new Compiler(dialect, layout, options.estate?.zone ?? 'UTC', 'plain');
  const where = compiler.test(made.plan.where, made.plan.selections);
  const [first] = layout.order((name) => compiler.column(name));
  const order = first === undefined ? '' : `\nORDER BY ${first}`;
  const select = `SELECT e.*\nFROM ${compiler.source()}\nWHERE ${where}${order};`;
  const used = (dialect.macros ?? []).filter(({ name }) => select.includes(name)).map(({ sql }) => sql);
  const defining = used.length === 0 ? undefined : dialect.defining?.(used);
  return { sql: (defining ?? used.map((macro) => `${macro}\n`).join('')) + select };
}
