import { fieldNamed } from '@dbwitness/shared/events/fields.ts';
import { type Database, sqlName } from '../db/database.ts';
import { DICTIONARY_COLUMNS, dictionaryColumn, LIST_COLUMNS } from './columns.ts';
import { type RunSql, WORKSHOP } from './workshop.ts';

/** The SQL type of each coded text column that has values. */
export type ColumnTypes = ReadonlyMap<string, string>;

/** Most values of a column that become an ENUM: two bytes a row. Beyond, the column is text. */
const MAX_ENUM = 65_000;

const LISTS: ReadonlySet<string> = new Set(LIST_COLUMNS.map(({ name }) => name));
/** Coded columns of text; those of lists are kept apart (`list_set`). */
export const TEXT_NAMES: readonly string[] = DICTIONARY_COLUMNS.filter((name) => !LISTS.has(name));

function typeName(name: string): string {
  return `${WORKSHOP}.${sqlName(`type_${name}`)}`;
}

export const EXHIBIT_TYPE = typeName('exhibit');

/** Decides for each coded text column whether it becomes an ENUM, and creates the type of its values in order. */
export async function createTypes(
  database: Database,
  run: RunSql,
  current: string | undefined,
): Promise<ColumnTypes> {
  const long = await longColumns(database, current);
  const coded = TEXT_NAMES.filter((name) => !long.has(name));
  await writeValues(run, coded, current);
  const counted = await database.rows(
    'publish',
    `SELECT "column", count(*)::INTEGER FROM ${WORKSHOP}.value GROUP BY "column"`,
  );
  const counts = new Map(counted.map(([column, count]) => [Number(column), Number(count)]));
  const types = new Map<string, string>();
  for (const name of TEXT_NAMES) {
    const column = dictionaryColumn(name);
    const count = counts.get(column) ?? 0;
    if (count === 0 && !long.has(name)) continue;
    if (count > MAX_ENUM || long.has(name)) {
      types.set(name, 'VARCHAR');
      continue;
    }
    await run(
      `CREATE TYPE ${typeName(name)} AS ENUM (SELECT value FROM ${WORKSHOP}.value WHERE "column" = ${column} ORDER BY value)`,
    );
    types.set(name, typeName(name));
  }
  // Exhibits in order of number, not of text: E10 after E9.
  const oldExhibits =
    current === undefined ? '' : `UNION SELECT CAST(exhibit AS VARCHAR) FROM ${current}.record`;
  await run(
    `CREATE TYPE ${EXHIBIT_TYPE} AS ENUM (SELECT exhibit FROM (SELECT 'E001' AS exhibit UNION SELECT exhibit FROM ${WORKSHOP}.slot
      UNION SELECT exhibit FROM ${WORKSHOP}.offset ${oldExhibits})
      ORDER BY CAST(split_part(exhibit[2:], '.', 1) AS INTEGER), exhibit)`,
  );
  return types;
}

/** Columns that are text without counting: one part of the stage has too many values already, or the current events have. */
async function longColumns(database: Database, current: string | undefined): Promise<ReadonlySet<string>> {
  const staged = await database.rows(
    'publish',
    `SELECT DISTINCT "column" FROM (SELECT slot, "column" FROM stage.main.stage_dictionary
      WHERE slot IN (SELECT slot FROM ${WORKSHOP}.slot) GROUP BY slot, "column" HAVING count(*) > ${MAX_ENUM})`,
  );
  const kept =
    current === undefined
      ? []
      : await database.rows(
          'publish',
          `SELECT column_name FROM (DESCRIBE ${current}.record) WHERE column_type = 'VARCHAR'`,
        );
  return new Set([
    ...staged.map(([column]) => String(DICTIONARY_COLUMNS[Number(column)])),
    ...kept.map(([name]) => String(name)),
  ]);
}

/** The workshop's `value`: the distinct values of each of these columns, in order. */
async function writeValues(
  run: RunSql,
  names: readonly string[],
  current: string | undefined,
): Promise<void> {
  await run(`CREATE TABLE ${WORKSHOP}.value AS
    SELECT DISTINCT "column", value FROM stage.main.stage_dictionary
    WHERE slot IN (SELECT slot FROM ${WORKSHOP}.slot) AND "column" IN (${['-1', ...names.map(dictionaryColumn)].join(', ')})
    ORDER BY "column", value`);
  if (current === undefined) return;
  for (const name of names)
    await run(`INSERT INTO ${WORKSHOP}.value
      SELECT ${dictionaryColumn(name)}, known.value
      FROM (SELECT DISTINCT CAST(${sqlName(name)} AS VARCHAR) AS value FROM ${current}.record) known
      WHERE known.value IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${WORKSHOP}.value v
        WHERE v."column" = ${dictionaryColumn(name)} AND v.value = known.value)`);
}

/**
 * The values of every ENUM column that is a field, beside each other: a text search looks here first, and then meets the
 * records by their codes. One table, padded with NULL to the longest column.
 */
export async function writeVocabulary(run: RunSql, types: ColumnTypes): Promise<void> {
  const columns = TEXT_NAMES.filter((name) => fieldNamed(name) !== undefined).flatMap((name) => {
    const type = types.get(name);
    if (type === undefined) return [`CAST(NULL AS VARCHAR) AS ${sqlName(name)}`];
    return type === 'VARCHAR'
      ? []
      : [`unnest(CAST(enum_range(NULL::${type}) AS ${type}[])) AS ${sqlName(name)}`];
  });
  await run(`CREATE TABLE next.vocabulary AS SELECT ${columns.join(', ')}`);
}
