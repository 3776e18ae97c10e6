import type { Comparison } from '../predicate.ts';
import type { Sql, SqlDialect } from './dialect.ts';

/** How comparisons are written, in every dialect. */
export const OPERATORS: Readonly<Record<Comparison | 'equal', string>> = {
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
  equal: '=',
};

/** A dialect's test that a text is one of `values`, by the way in which it writes texts. */
export function equalToOne(literal: (text: string) => Sql): SqlDialect['equals'] {
  return (text, values) =>
    values.length === 1
      ? `${text} = ${literal(values[0] ?? '')}`
      : `${text} IN (${values.map(literal).join(', ')})`;
}
