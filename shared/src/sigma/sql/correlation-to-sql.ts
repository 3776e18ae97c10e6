import { visible } from '../../text/problem.ts';
import { ruleReferred } from '../load-rules.ts';
import type { CorrelationRule, RuleSet } from '../rule.ts';
import { compileToSql, type ShowOptions } from './compile-to-sql.ts';
import type { SqlDialect } from './dialect.ts';

/**
 * What a correlation does, for showing: the query of each rule that it refers to, and in a comment the windows, which
 * no SQL computes: they are made in one pass over the rows.
 */
export function correlationToSql(
  rule: CorrelationRule,
  rules: RuleSet,
  dialect: SqlDialect,
  options: Omit<ShowOptions, 'filters'> = {},
): string {
  const fault = rule.faults[0];
  if (fault !== undefined) return comment(fault.message);
  const parts = rule.rules.map((reference) => {
    const base = ruleReferred(rules.rules, reference);
    if (base === undefined) return comment(`${reference} is missing`);
    if (base.kind === 'correlation')
      return `${comment(base.title)}${correlationToSql(base, rules, dialect, options)}`;
    const compiled = compileToSql(base, dialect, { ...options, filters: rules.filters });
    return `${comment(base.title)}${'sql' in compiled ? `${compiled.sql}\n` : comment(compiled.reason)}`;
  });
  return `${parts.join('\n')}\n${comment(windowsOf(rule))}`;
}

function windowsOf({ type, groupBy, timespan, window, condition }: CorrelationRule): string {
  const group = groupBy.length === 0 ? 'taken together' : `divided by ${groupBy.join(', ')}`;
  const measured = condition.fields.length === 0 ? type : `${type} of ${condition.fields.join(', ')}`;
  const thresholds = condition.thresholds.map(({ is, value }) => `${measured} is ${is} ${value}`);
  const asked =
    condition.expression === undefined ? thresholds.join(' and ') : 'the condition over these rules holds';
  return `The rows are read in order of time, ${group}; a ${window} window of ${timespan / 1e6} seconds matches where ${asked}.`;
}

function comment(text: string): string {
  return `-- ${visible(text)}\n`;
}
