import { dictionaryColumn, LIST_COLUMNS } from './columns.ts';
import { type RunSql, WORKSHOP } from './workshop.ts';

const NAMES = LIST_COLUMNS.map(({ name }) => name);
const LISTS = NAMES.join(', ');

/** What `from_json` makes a list of, by the type of its field. */
const JSON_SHAPES: Readonly<Record<string, string>> = {
  'object list': `'[{"type":"VARCHAR","name":"VARCHAR","access":"VARCHAR"}]'`,
  'text list': `'["VARCHAR"]'`,
};

/**
 * Writes `next.list_set`: the lists that records add to those of their statements (objects, columns, flags), each
 * combination once, old ones under their old numbers. A record has one integer for them, and what asks for a list is
 * decided on the few combinations that occur. The workshop's `list_set` leads from the stage's codes to the numbers.
 */
export async function writeListSets(run: RunSql, current: string | undefined): Promise<void> {
  const columns = LIST_COLUMNS.map(({ name, sqlType }) => `${name} ${sqlType}`);
  await run(`CREATE TABLE next.list_set (list_set INTEGER, ${columns.join(', ')})`);
  if (current !== undefined)
    await run(
      `INSERT INTO next.list_set SELECT list_set, ${LISTS} FROM ${current}.list_set ORDER BY list_set`,
    );
  const values = LIST_COLUMNS.map(
    ({ name, type }) =>
      `found.${name} AS ${name}_code, from_json(${name}_json.value, ${JSON_SHAPES[type]}) AS ${name}`,
  );
  const texts = NAMES.map(
    (
      name,
    ) => `LEFT JOIN stage.main.stage_dictionary ${name}_json ON ${name}_json."column" = ${dictionaryColumn(name)}
      AND ${name}_json.slot = found.slot AND ${name}_json.code = found.${name}`,
  );
  await run(`CREATE TABLE ${WORKSHOP}.lists AS
    SELECT found.slot, found.first_at, ${values.join(', ')}
    FROM (SELECT slot, ${LISTS}, min(place::BIGINT * 4294967296 + ordinal) AS first_at
      FROM stage.main.stage_record JOIN ${WORKSHOP}.slot USING (slot)
      WHERE ${NAMES.map((name) => `${name} > 0`).join(' OR ')} GROUP BY slot, ${LISTS}) found
    ${texts.join(' ')}`);
  const same = NAMES.map((name) => `known.${name} IS NOT DISTINCT FROM fresh.${name}`).join(' AND ');
  // The numbers follow the first appearance, so that the same files in the same order give the same numbers.
  await run(`INSERT INTO next.list_set
    SELECT (SELECT coalesce(max(list_set), 0) FROM next.list_set) + row_number() OVER (ORDER BY first_at), ${LISTS}
    FROM (SELECT ${LISTS}, min(first_at) AS first_at FROM ${WORKSHOP}.lists GROUP BY ${LISTS}) fresh
    WHERE NOT EXISTS (SELECT 1 FROM next.list_set known WHERE ${same})
    ORDER BY first_at`);
  const codes = NAMES.map((name) => `fresh.${name}_code AS ${name}`);
  await run(`CREATE TABLE ${WORKSHOP}.list_set AS
    SELECT fresh.slot, ${codes.join(', ')}, known.list_set
    FROM ${WORKSHOP}.lists fresh JOIN next.list_set known ON ${same}`);
}
