import { FIELDS } from '@dbwitness/shared/events/fields.ts';
import type { Clause, Filter } from '../host/filter.ts';
import { type Input, type Option, UsageError } from './command.ts';

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
    if (!FIELDS.some((known) => known.name === field)) {
      throw new UsageError(`there is no field “${field}”; shared/docs/reference/fields.md lists them.`);
    }
    return {
      id: `where-${index}`,
      field,
      operator,
      values: [written.slice(at + sign.length).trim()],
      negated,
    };
  }
  throw new UsageError(`“${written}” is no condition: write FIELD=VALUE, FIELD~TEXT, FIELD>=N.`);
}

function instant(input: Input, option: string): number | undefined {
  const written = input.text(option);
  if (written === undefined) return undefined;
  // Without a zone JavaScript would silently take this machine's.
  const zoned = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/.test(written);
  const millis = zoned ? Date.parse(written) : Number.NaN;
  if (Number.isNaN(millis))
    throw new UsageError(
      `--${option} takes a time with its zone, such as 2026-11-16T09:00:00Z, not “${written}”.`,
    );
  return millis * 1000;
}
