import type { Estate } from '../../estate/estate.ts';
import { visible } from '../../text/problem.ts';
import type { EventKind } from '../plan/event-kind.ts';
import { planRule, reaches } from '../plan/plan.ts';
import { leavesOf } from '../predicate.ts';
import type { Rule, RuleSet } from '../rule.ts';
import { compileToSql } from '../sql/compile-to-sql.ts';
import { correlationToSql } from '../sql/correlation-to-sql.ts';
import type { SqlDialect } from '../sql/dialect.ts';
import type { Layout } from '../sql/layout.ts';

export interface ConvertOptions {
  readonly dialect: SqlDialect;
  readonly layout?: Layout;
  readonly events?: EventKind;
  readonly estate?: Estate;
  /** The column in which keywords are looked for, where the layout has one. */
  readonly keywords?: string;
}

/** A rule as SQL, or why there is none. */
export type Converted =
  | {
      readonly sql: string;
      /** The rule is more than its SQL: what judges the rest. */
      readonly note?: string;
    }
  | { readonly reason: string };

/**
 * The SQL of one rule for a table, under comments that name the rule and its author (SIGMA S6), the columns that it reads
 * and the functions that the engine must be given. Of a correlation the queries of its rules: no query computes its windows.
 */
export function convertRule(rule: Rule, rules: RuleSet, options: ConvertOptions): Converted {
  const { dialect, keywords, ...shown } = options;
  const [fault] = rule.faults;
  if (fault !== undefined) return { reason: fault.message };
  if (rule.kind === 'correlation') {
    const sql = correlationToSql(rule, rules, dialect, shown);
    return {
      sql: [...head(rule), ...functionsIn(sql, dialect), sql.trimEnd()].join('\n'),
      note: 'these are the queries of its rules; its windows are judged by dbwitness match and detect',
    };
  }
  const compiled = compileToSql(rule, dialect, { ...shown, filters: rules.filters });
  if ('reason' in compiled) return compiled;
  const columns = columnsOf(rule, rules, options);
  return { sql: [...head(rule), ...columns, ...functionsIn(compiled.sql, dialect), compiled.sql].join('\n') };
}

function head({ title, id, author, references }: Rule): readonly string[] {
  const [source] = references;
  const said = [
    id === undefined ? title : `${title} (${id})`,
    ...(author === undefined ? [] : [`Author: ${author.trim()}`]),
    ...(source === undefined ? [] : [`Source: ${source}`]),
  ];
  return said.map((line) => `-- ${visible(line)}`);
}

function columnsOf(
  rule: Extract<Rule, { kind: 'detection' }>,
  rules: RuleSet,
  { estate, events, keywords }: ConvertOptions,
): readonly string[] {
  const made = planRule(rule, rules.filters, estate, events);
  if (!('plan' in made)) return [];
  const { fields, where, selections, notes } = made.plan;
  const words = [...leavesOf(where, selections)].some(({ field }) => field === undefined);
  const columns = new Set([...fields, ...(words && keywords !== undefined ? [keywords] : [])]);
  const said = columns.size === 0 ? [] : [`Columns: ${[...columns].join(', ')}`];
  const filters = rules.filters.filter((filter) => filter.faults.length === 0 && reaches(filter, rule));
  const by = filters.length === 0 ? [] : [`Filters: ${filters.map(({ title }) => title).join('; ')}`];
  return [...said, ...by, ...notes].map((line) => `-- ${visible(line)}`);
}

/** Functions of ours that a query calls and does not define itself. */
function functionsIn(sql: string, dialect: SqlDialect): readonly string[] {
  const defined = new Set((dialect.macros ?? []).map(({ name }) => name));
  const called = new Set([...sql.matchAll(/\bsigma_\w+(?=\()/g)].map(([name]) => name));
  const missing = [...called].filter((name) => !defined.has(name)).sort();
  if (missing.length === 0) return [];
  return [
    `-- Functions to register: ${missing.join(', ')}`,
    '-- They are sqliteFunctions() of @dbwitness/shared/sigma/engines/sqlite/functions.ts',
  ];
}
