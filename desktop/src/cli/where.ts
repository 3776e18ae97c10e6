import { type Field, fieldNamed } from '@dbwitness/shared/events/fields.ts';
import { microsecondsOf } from '../engine/query/filter-sql.ts';
import type { Clause, Filter } from '../host/filter.ts';
import { type Input, type Option, UsageError } from './command.ts';
import { FIELD_HINT } from './option-values.ts';

export const WHERE_OPTIONS = {
  where: {
    type: 'string',
    multiple: true,
    value: 'CLAUSE',
    help: 'FIELD=VALUE, FIELD!=VALUE, FIELD~TEXT (contains), FIELD!~TEXT, FIELD>=N, FIELD<=N; several are joined by AND',
  },
  text: {
    type: 'string',
    value: 'TEXT',
    help: 'only events whose statement, message or object contains this',
  },
  from: {
    type: 'string',
    value: 'TIME',
    help: 'from this time on, ISO 8601 with zone (2026-11-16T09:00:00Z)',
  },
  to: { type: 'string', value: 'TIME', help: 'before this time' },
} as const satisfies Readonly<Record<string, Option>>;

const OPERATORS = [
  ['!=', 'is', true],
  ['!~', 'contains', true],
  ['>=', 'at_least', false],
  ['<=', 'at_most', false],
  ['=', 'is', false],
  ['~', 'contains', false],
] as const;

/** The filter that the options describe; a clause that cannot be read is a usage error that says how it is written. */
export function filterFrom(input: Input): Filter {
  const text = input.text('text');
  const [from, to] = [instant(input, 'from'), instant(input, 'to')];
  return {
    clauses: input.all('where').map(clause),
    ...(text === undefined ? {} : { text }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

function clause(written: string, index: number): Clause {
  for (const [sign, operator, negated] of OPERATORS) {
    const at = written.indexOf(sign);
    if (at <= 0) continue;
    const field = written.slice(0, at).trim();
    // `a>=1` also contains `=`: a field name never ends in a sign.
    if (!/^\w+$/.test(field)) continue;
    const known = fieldNamed(field);
    if (known === undefined || field === 'raw')
      throw new UsageError(`--where: events have no field “${field}”. ${FIELD_HINT}`);
    const value = written.slice(at + sign.length).trim();
    checkValue(known, operator, value);
    return { id: `where-${index}`, field, operator, values: [value], negated };
  }
  throw new UsageError(`--where: “${written}” is no condition: write FIELD=VALUE, FIELD~TEXT, FIELD>=N.`);
}

/** What the store would refuse is said before a case is opened. */
function checkValue({ name, type }: Field, operator: Clause['operator'], value: string): void {
  if (operator === 'contains') return;
  if ((type === 'integer' || type === 'number') && (value === '' || Number.isNaN(Number(value))))
    throw new UsageError(`--where: ${name} is a number, and “${value}” is none.`);
  if (type === 'timestamp' && microsecondsOf(value) === undefined)
    throw new UsageError(`--where: ${name} is a time, and “${value}” is none: write 2026-11-16T09:00:00Z.`);
}

function instant(input: Input, option: string): number | undefined {
  const written = input.text(option);
  if (written === undefined) return undefined;
  // Without a zone JavaScript would silently take this machine's.
  const zoned = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/.test(written);
  const micros = zoned ? microsecondsOf(written) : undefined;
  if (micros === undefined)
    throw new UsageError(
      `--${option} takes a time with its zone, such as 2026-11-16T09:00:00Z, not “${written}”.`,
    );
  return micros;
}
