import type { Comparison } from '../predicate.ts';
import { NUMBER_SYNTAX } from '../values/scalar.ts';
import { literal } from './clickhouse-quote.ts';
import { OPERATORS } from './comparison.ts';
import type { Sql } from './dialect.ts';

/** As ECMAScript prints it: whole numbers without point, a plus in exponents. Conversion to wide integers is not exact. */
export function textOfNumber(value: Sql): Sql {
  return `if(${value} = trunc(${value}) AND abs(${value}) < 1e38, toDecimalString(${value} + 0, 0), replaceRegexpOne(toString(${value}), 'e([0-9])', 'e+\\\\1'))`;
}

/** Digits that always fit into Int256. */
const WIDEST = 76;

/** Compares a column of numbers. */
export function compareNumber(value: Sql, is: Comparison, to: string): Sql {
  const type = isWhole(to) ? 'toInt256' : 'toFloat64';
  return `${value} ${OPERATORS[is]} ${type}(${literal(to)})`;
}

/** Whole numbers compare exactly, others as doubles (SIGMA R10). */
export function compareText(text: Sql, is: Comparison, to: string): Sql {
  const double = `toFloat64OrNull(${text}) ${OPERATORS[is]} toFloat64(${literal(to)})`;
  const whole = `toInt256OrNull(${text}) ${OPERATORS[is]} toInt256(${literal(to)})`;
  const either = isWhole(to)
    ? `if(match(${text}, '^[+-]?[0-9]{1,${WIDEST}}$'), ${whole}, ${double})`
    : double;
  return `if(match(${text}, ${literal(`^(?:${NUMBER_SYNTAX})$`)}), ${either}, false)`;
}

function isWhole(number: string): boolean {
  return !/[eE.]/.test(number) && number.length <= WIDEST;
}
