import { fieldNamed } from '@dbwitness/shared/events/fields.ts';
import type { DistinctValues, Storage } from '@dbwitness/shared/sigma/sql/storage.ts';
import { sqlName, sqlText } from '../db/database.ts';
import { eventPlace } from '../query/filter-sql.ts';
import { EVENTS } from '../store/event-file.ts';
import { eventExpression, joinedTables } from '../store/event-view.ts';

/** Marks a column that is not the view's: a code that the record has, or what the record itself says of a list. */
const CODE = 'code of ';
const OWN = 'own ';

/**
 * How the case keeps its events, told to the rules: text columns are codes whose values stand in `vocabulary` (`coded`),
 * flags are bits whose lists stand in `flag_set`, what a statement says stands once in `statement`, and the lists that
 * records add to that in `list_set`.
 */
export function eventStorage(coded: ReadonlySet<string>): Storage {
  return {
    events(columns, ids) {
      const selected = [...columns].map((name) => `${columnSql(name)} AS ${sqlName(name)}`);
      const read = selected.length === 0 ? 'r.exhibit' : selected.join(', ');
      const records = ids === undefined ? undefined : recordsOf(ids);
      return `(SELECT ${read} FROM ${joinedTables(EVENTS, records, read)})`;
    },
    values(name) {
      const column = sqlName(name);
      if (name === 'flags') return kept('flag_set', 'flag_bits', 'flags');
      if (name.startsWith(OWN)) return kept('list_set', 'list_set', name.slice(OWN.length));
      if (!coded.has(name) || !isPlain(name)) return undefined;
      const values = `SELECT ${column} AS key, CAST(${column} AS VARCHAR) AS value FROM ${EVENTS}.vocabulary`;
      return { from: `(${values} WHERE ${column} IS NOT NULL)`, on: CODE + name };
    },
    own: (field) => (fieldNamed(field)?.statementAdds === true ? OWN + field : undefined),
  };
}

/** Whether the view shows a text column of the record as it is: the basis of a time, for one, it shows with the offset. */
function isPlain(name: string): boolean {
  return eventExpression(name) === `CAST(r.${sqlName(name)} AS VARCHAR)`;
}

/** Values of a column that stand in a table of their own, under a number that each record has. */
function kept(table: string, code: string, column: string): DistinctValues {
  return {
    from: `(SELECT ${code} AS key, ${sqlName(column)} AS value FROM ${EVENTS}.${table})`,
    on: CODE + code,
  };
}

function columnSql(name: string): string {
  if (name.startsWith(CODE)) return `r.${sqlName(name.slice(CODE.length))}`;
  if (name.startsWith(OWN)) return `l.${sqlName(name.slice(OWN.length))}`;
  return eventExpression(name);
}

/** The records of these events. The limit says that they are few: without it, DuckDB reads every statement. */
function recordsOf(ids: readonly string[]): string {
  const tests = ids
    .map(eventPlace)
    .filter((place) => place !== undefined)
    .map(({ exhibit, ordinal }) => `(exhibit = ${sqlText(exhibit)} AND ordinal = ${ordinal})`);
  const condition = tests.length === 0 ? 'false' : tests.join(' OR ');
  return `(SELECT * FROM ${EVENTS}.record WHERE ${condition} LIMIT ${ids.length})`;
}
