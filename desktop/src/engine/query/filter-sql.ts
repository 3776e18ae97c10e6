import { EVENT_FLAGS, type EventFlag } from '@dbwitness/shared/events/event-flag.ts';
import { type Field, fieldNamed } from '@dbwitness/shared/events/fields.ts';
import type { Clause, Filter } from '../../host/filter.ts';
import { type SqlParameter, sqlName } from '../db/database.ts';
import { EngineError } from '../engine-error.ts';
import { EVENTS } from '../store/event-file.ts';
import { flagBit } from '../store/flag-bits.ts';

/** A condition over `record r`, with its parameters in the order of their `?`. */
export interface Condition {
  readonly sql: string;
  readonly params: readonly SqlParameter[];
  /**
   * It looks at texts or lists, not only at codes and numbers: worth evaluating once (`EventSets`), whether they are the
   * distinct ones (of the statements) or those of the records, which are many times more.
   */
  readonly costly?: 'distinct' | 'records';
}

/**
 * The one place where a filter becomes SQL. Identifiers come from the field dictionary, values go as parameters. What
 * depends on the statement's text is asked of the distinct texts, and met by their numbers; so are the columns that are
 * `coded`, whose values stand in the vocabulary: a text test of ten million records becomes one of some hundred values.
 */
export function filterCondition(filter: Filter, coded: ReadonlySet<string> = NONE): Condition {
  const conditions: Condition[] = [];
  if (filter.from !== undefined) conditions.push(timeCondition('>=', filter.from));
  if (filter.to !== undefined) conditions.push(timeCondition('<', filter.to));
  const text = filter.text?.trim();
  if (text !== undefined && text !== '') conditions.push(textCondition(text, coded));
  for (const clause of filter.clauses) conditions.push(clauseCondition(clause, coded));
  return all(conditions);
}

const NONE: ReadonlySet<string> = new Set();

/** Whether nothing but time limits the filter: its events stand side by side. */
export function isTimeRange(filter: Filter): boolean {
  return filter.clauses.length === 0 && (filter.text ?? '').trim() === '';
}

function all(conditions: readonly Condition[]): Condition {
  if (conditions.length === 0) return { sql: 'true', params: [] };
  return joined(conditions, ' AND ');
}

function any(conditions: readonly Condition[]): Condition {
  if (conditions.length === 0) return { sql: 'false', params: [] };
  return joined(conditions, ' OR ');
}

function joined(conditions: readonly Condition[], by: string): Condition {
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(by),
    params: conditions.flatMap(({ params }) => params),
    ...costOf(conditions),
  };
}

function costOf(conditions: readonly Condition[]): Pick<Condition, 'costly'> {
  const costs = conditions.map(({ costly }) => costly);
  if (costs.includes('records')) return { costly: 'records' };
  return costs.includes('distinct') ? { costly: 'distinct' } : {};
}

function timeCondition(comparison: '>=' | '<' | '<=', microseconds: number): Condition {
  return {
    sql: `r.time ${comparison} make_timestamp(CAST(? AS DOUBLE)::BIGINT)`,
    params: [Math.round(microseconds)],
  };
}

/** Free text: in the statement, the message or the object, whatever its case. */
function textCondition(text: string, coded: ReadonlySet<string>): Condition {
  return any([
    statementCondition(...textTest('text', 'contains', text)),
    columnTest('message', 'contains', text, coded),
    columnTest('object', 'contains', text, coded),
  ]);
}

/** A text test of a column of the record. */
function columnTest(
  name: string,
  operator: Comparison,
  value: string,
  coded: ReadonlySet<string>,
): Condition {
  const column = sqlName(name);
  if (!coded.has(name)) {
    const [sql, params] = textTest(`CAST(r.${column} AS VARCHAR)`, operator, value);
    return { sql, params, costly: 'records' };
  }
  const [test, params] = textTest(`CAST(${column} AS VARCHAR)`, operator, value);
  return { sql: `r.${column} IN (SELECT ${column} FROM ${EVENTS}.vocabulary WHERE ${test})`, params };
}

/** The records whose statement meets a condition over the table `statement`. */
function statementCondition(sql: string, params: readonly SqlParameter[]): Condition {
  return {
    sql: `r.statement_id IN (SELECT statement_id FROM ${EVENTS}.statement WHERE ${sql})`,
    params,
    costly: 'distinct',
  };
}

function clauseCondition(clause: Clause, coded: ReadonlySet<string>): Condition {
  const field = fieldNamed(clause.field);
  if (field === undefined || field.name === 'raw')
    throw new EngineError('filter/unknown-field', `Events cannot be filtered by “${clause.field}”.`, {
      next: 'Choose one of the fields of the event.',
    });
  const { operator } = clause;
  const condition =
    operator === 'exists'
      ? exists(field)
      : any(clause.values.map((value) => valueCondition(field, operator, value, coded)));
  // An absent field meets nothing, so it meets every negation.
  return clause.negated ? { ...condition, sql: `NOT coalesce(${condition.sql}, false)` } : condition;
}

function exists(field: Field): Condition {
  switch (field.name) {
    case 'event_id':
      return { sql: 'true', params: [] };
    case 'flags':
      return { sql: 'r.flag_bits <> 0', params: [] };
    case 'statement':
      return { sql: 'r.statement_id IS NOT NULL', params: [] };
    case 'fingerprint':
      return statementCondition('fingerprint IS NOT NULL', []);
  }
  if (field.statementAdds === true)
    return any([
      listSetCondition(`len(${field.name}) > 0`, []),
      statementCondition(`len(${field.name}) > 0`, []),
    ]);
  return { sql: `r.${sqlName(field.name)} IS NOT NULL`, params: [] };
}

/** The records whose own lists meet a condition over the table `list_set`. */
function listSetCondition(sql: string, params: readonly SqlParameter[]): Condition {
  return { sql: `r.list_set IN (SELECT list_set FROM ${EVENTS}.list_set WHERE ${sql})`, params };
}

type Comparison = Exclude<Clause['operator'], 'exists'>;

function valueCondition(
  field: Field,
  operator: Comparison,
  value: string,
  coded: ReadonlySet<string>,
): Condition {
  if (field.name === 'event_id') return eventCondition(operator, value);
  if (field.name === 'flags' && operator === 'is') return flagCondition(value);
  if (field.name === 'statement') return statementCondition(...textTest('text', operator, value));
  if (field.name === 'fingerprint') return statementCondition(...textTest('fingerprint', operator, value));
  switch (field.type) {
    case 'timestamp':
      return timestampCondition(operator, value);
    case 'integer':
    case 'number':
      return numberCondition(field, operator, value);
    case 'text list':
    case 'object list':
      return listCondition(field, operator, value);
    default:
      // Compared as it is stored: equality of codes is one of integers.
      return operator === 'is'
        ? { sql: `r.${sqlName(field.name)} = ?`, params: [value] }
        : columnTest(field.name, operator, value, coded);
  }
}

/** A test of one text expression. `contains` and `starts` disregard case, as people type; `matches` is RE2. */
function textTest(
  expression: string,
  operator: Comparison,
  value: string,
): [string, readonly SqlParameter[]] {
  switch (operator) {
    case 'is':
      return [`${expression} = ?`, [value]];
    case 'contains':
      return [`contains(lower(${expression}), ?)`, [value.toLowerCase()]];
    case 'starts':
      return [`starts_with(lower(${expression}), ?)`, [value.toLowerCase()]];
    case 'at_least':
      return [`${expression} >= ?`, [value]];
    case 'at_most':
      return [`${expression} <= ?`, [value]];
    case 'matches':
      return [`regexp_matches(${expression}, ?)`, [value]];
  }
}

function eventCondition(operator: Comparison, value: string): Condition {
  const place = eventPlace(value);
  if (operator === 'is')
    return place === undefined
      ? { sql: 'false', params: [] }
      : { sql: 'r.exhibit = ? AND r.ordinal = ?', params: [place.exhibit, place.ordinal] };
  const [sql, params] = textTest(`(CAST(r.exhibit AS VARCHAR) || ':' || r.ordinal)`, operator, value);
  return { sql, params };
}

/** Exhibit and ordinal of an event id such as `E001.1:41`. */
export function eventPlace(id: string): { readonly exhibit: string; readonly ordinal: number } | undefined {
  const match = /^(E\d+(?:\.\d+)?):(\d{1,9})$/.exec(id.trim());
  return match?.[1] === undefined ? undefined : { exhibit: match[1], ordinal: Number(match[2]) };
}

function flagCondition(value: string): Condition {
  const flag = EVENT_FLAGS.find((known): known is EventFlag => known === value);
  return flag === undefined
    ? { sql: 'false', params: [] }
    : { sql: `(r.flag_bits & ${flagBit(flag)}) <> 0`, params: [] };
}

function timestampCondition(operator: Comparison, value: string): Condition {
  const microseconds = microsecondsOf(value);
  if (microseconds === undefined)
    throw new EngineError('filter/not-a-time', `“${value}” is not a time.`, {
      next: 'Write it like 2026-11-20T06:42:24Z, or as µs since 1970.',
    });
  if (operator === 'at_least') return timeCondition('>=', microseconds);
  if (operator === 'at_most') return timeCondition('<=', microseconds);
  return { sql: 'r.time = make_timestamp(CAST(? AS DOUBLE)::BIGINT)', params: [microseconds] };
}

/** µs since 1970 of an ISO 8601 time or a number of µs. */
export function microsecondsOf(text: string): number | undefined {
  if (/^-?\d+$/.test(text)) return Number(text);
  const match = /^(.*?\d:\d\d)(?:\.(\d{1,6}))?(Z|[+-]\d\d:?\d\d)?$/.exec(text.trim().replace(' ', 'T'));
  const seconds =
    match === null
      ? Date.parse(`${text.trim()}T00:00:00Z`)
      : Date.parse(`${withSeconds(match[1] ?? '')}${match[3] ?? 'Z'}`);
  if (Number.isNaN(seconds)) return undefined;
  return seconds * 1000 + Number((match?.[2] ?? '').padEnd(6, '0'));
}

function withSeconds(stamp: string): string {
  return /T\d\d:\d\d$/.test(stamp) ? `${stamp}:00` : stamp;
}

function numberCondition(field: Field, operator: Comparison, value: string): Condition {
  const column = `r.${sqlName(field.name)}`;
  const comparison =
    operator === 'is' ? '=' : operator === 'at_least' ? '>=' : operator === 'at_most' ? '<=' : undefined;
  if (comparison === undefined) {
    const [sql, params] = textTest(`CAST(${column} AS VARCHAR)`, operator, value);
    return { sql, params };
  }
  const number = Number(value);
  if (value.trim() === '' || Number.isNaN(number))
    throw new EngineError('filter/not-a-number', `“${value}” is not a number, and ${field.name} is one.`);
  // DOUBLE on both sides: a comparison with a fraction must not round the value.
  return { sql: `${column} ${comparison} CAST(? AS DOUBLE)`, params: [number] };
}

/** Some element of the list meets the value: of the record's own, or of its statement's. */
function listCondition(field: Field, operator: Comparison, value: string): Condition {
  const element = field.type === 'object list' ? 'e.name' : 'e';
  const [test, params] = textTest(element, operator, value);
  if (field.name === 'flags') return { sql: flagNames(test), params };
  const some = (list: string) => `len(list_filter(${list}, e -> ${test})) > 0`;
  const column = sqlName(field.name);
  if (field.statementAdds !== true) return { sql: some(`r.${column}`), params, costly: 'records' };
  return any([listSetCondition(some(column), params), statementCondition(some(column), params)]);
}

function flagNames(test: string): string {
  return `r.flag_bits IN (SELECT flag_bits FROM ${EVENTS}.flag_set WHERE len(list_filter(flags, e -> ${test})) > 0)`;
}
