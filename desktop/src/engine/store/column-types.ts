import { fieldNamed } from '@dbwitness/shared/events/fields.ts';
import { type Database, sqlName } from '../db/database.ts';
import { DICTIONARY_COLUMNS, dictionaryColumn, LIST_COLUMNS } from './columns.ts';
import type { RunSql } from './publish.ts';

/** The SQL type of each coded text column that has values. */
export type ColumnTypes = ReadonlyMap<string, string>;

/** Most values of a column that become an ENUM: two bytes a row. Beyond, the column is text. */
const MAX_ENUM = 65_000;

const LISTS: ReadonlySet<string> = new Set(LIST_COLUMNS.map(({ name }) => name));
/** Coded columns of text; those of lists are kept apart (`list_set`). */
export const TEXT_NAMES: readonly string[] = DICTIONARY_COLUMNS.filter((name) => !LISTS.has(name));

/** A type without values cannot be; this one costs a quarter of what text does where there is none. */
const NOTHING = typeName('nothing');

export function typeOf(types: ColumnTypes, name: string): string {
  return types.get(name) ?? NOTHING;
}

function typeName(name: string): string {
  return sqlName(`publish_type_${name}`);
}

/** Distinct values that each coded column has in the stage. */
async function stagedCounts(database: Database): Promise<ReadonlyMap<number, number>> {
  const rows = await database.rows(
    'import',
    `SELECT "column", count(DISTINCT value)::INTEGER FROM stage.main.stage_dictionary
      WHERE slot IN (SELECT slot FROM temp.main.publish_slot) GROUP BY "column"`,
  );
  return new Map(rows.map(([column, count]) => [Number(column), Number(count)]));
}

/** Decides for each coded text column whether it becomes an ENUM, and creates the type of its values in order. */
export async function createTypes(database: Database, current: string | undefined): Promise<ColumnTypes> {
  const types = new Map<string, string>();
  const counts = await stagedCounts(database);
  for (const name of TEXT_NAMES) {
    const column = sqlName(name);
    const old =
      current === undefined
        ? ''
        : `UNION SELECT CAST(${column} AS VARCHAR) FROM ${current}.record WHERE ${column} IS NOT NULL`;
    const values = `SELECT value FROM stage.main.stage_dictionary WHERE "column" = ${dictionaryColumn(name)}
      AND slot IN (SELECT slot FROM temp.main.publish_slot) ${old}`;
    let count = counts.get(dictionaryColumn(name)) ?? 0;
    if (current !== undefined && count <= MAX_ENUM) {
      const [counted] = await database.all(
        'import',
        `SELECT count(DISTINCT value)::INTEGER AS n FROM (${values})`,
      );
      count = Number(counted?.n);
    }
    if (count === 0) continue;
    if (count > MAX_ENUM) {
      types.set(name, 'VARCHAR');
      continue;
    }
    await database.run(
      'import',
      `CREATE TYPE memory.main.${typeName(name)} AS ENUM (SELECT DISTINCT value FROM (${values}) ORDER BY value)`,
    );
    types.set(name, typeName(name));
  }
  await database.run('import', `CREATE TYPE memory.main.${NOTHING} AS ENUM ('')`);
  // Exhibits in order of number, not of text: E10 after E9.
  const oldExhibits =
    current === undefined ? '' : `UNION SELECT CAST(exhibit AS VARCHAR) FROM ${current}.record`;
  await database.run(
    'import',
    `CREATE TYPE memory.main.publish_type_exhibit AS ENUM (SELECT exhibit FROM (SELECT 'E001' AS exhibit UNION SELECT exhibit FROM temp.main.publish_slot
      UNION SELECT exhibit FROM temp.main.publish_offset ${oldExhibits})
      ORDER BY CAST(split_part(exhibit[2:], '.', 1) AS INTEGER), exhibit)`,
  );
  return types;
}

/**
 * The values of every ENUM column that is a field, beside each other: a text search looks here first, and then meets the
 * records by their codes. One table, padded with NULL to the longest column.
 */
export async function writeVocabulary(run: RunSql, types: ColumnTypes): Promise<void> {
  const columns = TEXT_NAMES.filter((name) => fieldNamed(name) !== undefined).flatMap((name) => {
    const type = types.get(name);
    if (type === undefined) return [`CAST(NULL AS ${NOTHING}) AS ${sqlName(name)}`];
    return type === 'VARCHAR'
      ? []
      : [`unnest(CAST(enum_range(NULL::${type}) AS ${type}[])) AS ${sqlName(name)}`];
  });
  await run(`CREATE TABLE next.vocabulary AS SELECT ${columns.join(', ')}`);
}

/** The types are in the file that was written with them; here they are in the way of the next publish. */
export async function dropTypes(run: RunSql): Promise<void> {
  for (const name of [...TEXT_NAMES, 'nothing', 'exhibit'])
    await run(`DROP TYPE IF EXISTS memory.main.${typeName(name)}`);
}
