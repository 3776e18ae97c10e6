import { type FieldName, fieldNamed } from '@dbwitness/shared/events/fields.ts';
import type { Storage } from '@dbwitness/shared/sigma/sql/storage.ts';
import { sqlName, sqlText } from '../db/database.ts';
import { eventPlace } from '../query/filter-sql.ts';
import { EVENTS } from '../store/event-file.ts';
import { eventExpression, joinedTables } from '../store/event-view.ts';

/** Marks a column that is not the view's: the code of a field's value, or what the record itself says of a list. */
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
    values(field) {
      const on = CODE + field;
      if (field === 'flags')
        return { from: `(SELECT flag_bits AS key, flags AS value FROM ${EVENTS}.flag_set)`, on };
      if (!coded.has(field)) return undefined;
      const column = sqlName(field);
      const values = `SELECT ${column} AS key, CAST(${column} AS VARCHAR) AS value FROM ${EVENTS}.vocabulary`;
      return { from: `(${values} WHERE ${column} IS NOT NULL)`, on };
    },
    own: (field) => (fieldNamed(field)?.statementAdds === true ? OWN + field : undefined),
  };
}

function columnSql(name: string): string {
  if (name === `${CODE}flags`) return 'r.flag_bits';
  if (name.startsWith(CODE)) return `r.${sqlName(name.slice(CODE.length))}`;
  if (name.startsWith(OWN)) return `l.${sqlName(name.slice(OWN.length))}`;
  return eventExpression(name as FieldName);
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
