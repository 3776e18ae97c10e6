import { EVENT_FLAGS } from '@dbwitness/shared/events/event-flag.ts';
import { type Field, fieldNamed } from '@dbwitness/shared/events/fields.ts';
import type { Filter } from '../../host/filter.ts';
import type { Facet } from '../../host/timeline.ts';
import type { CaseStore } from '../case/case-store.ts';
import { type Database, sqlName } from '../db/database.ts';
import { EngineError } from '../engine-error.ts';
import { EVENTS } from '../store/event-file.ts';
import { flagBit } from '../store/flag-bits.ts';
import type { EventSets } from './event-sets.ts';
import type { Condition } from './filter-sql.ts';

/** Events by value; undefined counts those without. */
type Counts = Map<string | undefined, number>;

/** The commonest values of each field among the events that meet the filter. */
export async function facets(
  { database }: CaseStore,
  sets: EventSets,
  filter: Filter,
  fields: readonly string[],
  limit: number,
  signal?: AbortSignal,
): Promise<readonly Facet[]> {
  const wanted = fields.map(countedField);
  const condition = await sets.condition(filter, signal);
  const counts = await recordCounts(
    database,
    condition,
    wanted.filter(({ home }) => home === 'record'),
    signal,
  );
  for (const { name, home } of wanted)
    if (home === 'statement') counts.set(name, await statementCounts(database, condition, name, signal));
  return fields.map((field) => facetOf(field, counts.get(field) ?? new Map(), limit));
}

function countedField(name: string): Field {
  const field = fieldNamed(name);
  const listed = field?.type === 'object list' || (field?.type === 'text list' && name !== 'flags');
  if (field === undefined || field.home === 'computed' || field.type === 'json' || listed)
    throw new EngineError('facet/unknown-field', `Events cannot be counted by “${name}”.`);
  return field;
}

/** Counts of fields of the record, all in one pass, so that the filter is evaluated once. */
async function recordCounts(
  database: Database,
  { sql, params }: Condition,
  fields: readonly Field[],
  signal?: AbortSignal,
): Promise<Map<string, Counts>> {
  const counts = new Map(fields.map(({ name }): [string, Counts] => [name, new Map()]));
  if (fields.length === 0) return counts;
  const keys = [...counts.keys()].map((name) => (name === 'flags' ? 'r.flag_bits' : `r.${sqlName(name)}`));
  // A row counts by one of the keys and has no value for the others: its value is the one that is there.
  const rows = await database.rows(
    'view',
    `SELECT GROUPING(${keys.join(', ')})::DOUBLE AS others, coalesce(${keys.map((key) => `CAST(${key} AS VARCHAR)`).join(', ')}) AS value,
       count(*)::DOUBLE AS n
     FROM ${EVENTS}.record r WHERE ${sql} GROUP BY GROUPING SETS (${keys.map((key) => `(${key})`).join(', ')})`,
    params,
    signal,
  );
  // GROUPING sets a bit for each key that is not counted by; the first key has the highest.
  const byMask = new Map(
    [...counts].map(([name, found], index) => [
      2 ** keys.length - 1 - 2 ** (keys.length - 1 - index),
      { name, found },
    ]),
  );
  for (const [mask, value, n] of rows) {
    const counted = byMask.get(Number(mask));
    if (counted === undefined) continue;
    const values =
      counted.name === 'flags' ? flagsOf(Number(value)) : [typeof value === 'string' ? value : undefined];
    for (const one of values) counted.found.set(one, (counted.found.get(one) ?? 0) + Number(n));
  }
  return counts;
}

/** Each flag of a combination; one undefined where there is none. */
function flagsOf(bits: number): readonly (string | undefined)[] {
  return bits === 0 ? [undefined] : EVENT_FLAGS.filter((flag) => (bits & flagBit(flag)) !== 0);
}

async function statementCounts(
  database: Database,
  { sql, params }: Condition,
  name: string,
  signal?: AbortSignal,
): Promise<Counts> {
  const rows = await database.rows(
    'view',
    `SELECT s.${sqlName(name === 'statement' ? 'text' : name)} AS value, sum(c.n)::DOUBLE AS n
     FROM (SELECT statement_id, count(*) AS n FROM ${EVENTS}.record r WHERE ${sql} GROUP BY statement_id) c
     LEFT JOIN ${EVENTS}.statement s USING (statement_id) GROUP BY value`,
    params,
    signal,
  );
  return new Map(rows.map(([value, n]) => [typeof value === 'string' ? value : undefined, Number(n)]));
}

function facetOf(field: string, counts: Counts, limit: number): Facet {
  const present = [...counts]
    .flatMap(([value, count]) => (value === undefined ? [] : [{ value, count }]))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  const others = present.slice(limit).reduce((sum, { count }) => sum + count, 0);
  return { field, values: present.slice(0, limit), others, absent: counts.get(undefined) ?? 0 };
}
