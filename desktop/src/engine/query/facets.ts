import { fieldNamed } from '@dbwitness/shared/events/fields.ts';
import type { Filter } from '../../host/filter.ts';
import type { Facet } from '../../host/timeline.ts';
import type { CaseStore } from '../case/case-store.ts';
import { sqlName } from '../db/database.ts';
import { EngineError } from '../engine-error.ts';
import { EVENTS } from '../store/event-file.ts';
import type { EventSets } from './event-sets.ts';
import type { Condition } from './filter-sql.ts';

/** The commonest values of each field among the events that meet the filter. */
export async function facets(
  store: CaseStore,
  sets: EventSets,
  filter: Filter,
  fields: readonly string[],
  limit: number,
  signal?: AbortSignal,
): Promise<readonly Facet[]> {
  const condition = await sets.condition(filter, signal);
  const found: Facet[] = [];
  for (const name of fields) found.push(await facet(store, condition, name, limit, signal));
  return found;
}

async function facet(
  { database }: CaseStore,
  { sql, params }: Condition,
  name: string,
  limit: number,
  signal?: AbortSignal,
): Promise<Facet> {
  const rows = await database.rows(
    'view',
    `SELECT CAST(value AS VARCHAR) AS value, n::DOUBLE AS n FROM (${groups(name, sql)}) ORDER BY n DESC, value NULLS LAST`,
    params,
    signal,
  );
  const counts = rows.map(([value, n]) => ({
    value: typeof value === 'string' ? value : undefined,
    count: Number(n),
  }));
  const present = counts.filter((one): one is { value: string; count: number } => one.value !== undefined);
  const absent = counts.find((one) => one.value === undefined)?.count ?? 0;
  const others = present.slice(limit).reduce((sum, { count }) => sum + count, 0);
  return { field: name, values: present.slice(0, limit), others, absent };
}

/** Counts per value; a list counts each of its elements. */
function groups(name: string, where: string): string {
  const record = `${EVENTS}.record r`;
  if (name === 'flags') {
    return `SELECT value, sum(n) AS n FROM (
      SELECT unnest(CASE WHEN f.flags IS NULL THEN [NULL] ELSE f.flags END) AS value, n
      FROM (SELECT flag_bits, count(*) AS n FROM ${record} WHERE ${where} GROUP BY flag_bits) c
      LEFT JOIN ${EVENTS}.flag_set f USING (flag_bits)) GROUP BY value`;
  }
  const field = fieldNamed(name);
  if (
    field === undefined ||
    field.home === 'computed' ||
    field.type === 'json' ||
    field.type === 'object list' ||
    field.type === 'text list'
  )
    throw new EngineError('facet/unknown-field', `Events cannot be counted by “${name}”.`);
  if (field.home === 'statement') {
    const column = name === 'statement' ? 'text' : name;
    return `SELECT s.${sqlName(column)} AS value, sum(c.n) AS n
      FROM (SELECT statement_id, count(*) AS n FROM ${record} WHERE ${where} GROUP BY statement_id) c
      LEFT JOIN ${EVENTS}.statement s USING (statement_id) GROUP BY value`;
  }
  return `SELECT r.${sqlName(name)} AS value, count(*) AS n FROM ${record} WHERE ${where} GROUP BY value`;
}
