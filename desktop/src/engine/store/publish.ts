import type { Estate } from '@dbwitness/shared/estate/estate.ts';
import { EVENT_FLAGS } from '@dbwitness/shared/events/event-flag.ts';
import { type Field, fieldNamed } from '@dbwitness/shared/events/fields.ts';
import { type Database, type SqlParameter, sqlName, sqlText } from '../db/database.ts';
import {
  DICTIONARY_COLUMNS,
  dictionaryColumn,
  LIST_COLUMNS,
  NUMBER_COLUMNS,
  VIRTUAL_COLUMNS,
} from './columns.ts';
import { estateMarks } from './estate-marks.ts';
import { createStageTables } from './stage.ts';

/** An exhibit whose records stand in the stage, under the number that it got. */
export interface StagedExhibit {
  readonly slot: number;
  readonly exhibit: string;
}

export interface PublishInput {
  /** Database name under which the events that are published now are attached; undefined for the first publish. */
  readonly current: string | undefined;
  readonly staged: readonly StagedExhibit[];
  /** Clock offset of every exhibit, µs, that is added to the times as logged. */
  readonly offsets: ReadonlyMap<string, number>;
  /** Exhibits whose rows of the current events are left out, because they are staged again. */
  readonly replaced: readonly string[];
  readonly estate: Estate | undefined;
}

/** Most values of a column that become an ENUM: two bytes a row. Beyond, the column is text. */
const MAX_ENUM = 65_000;

/**
 * Writes `next.record`, `next.statement`, `next.flag_set`, `next.rollup` and `next.exhibit_offset` from the stage and the
 * current events, ordered by (time, exhibit, ordinal), so that rowid order is time order. `next` is an empty attached file.
 */
export async function publishTables(
  database: Database,
  { current, staged, offsets, replaced, estate }: PublishInput,
): Promise<void> {
  const run = (sql: string, params: readonly SqlParameter[] = []) => database.run('import', sql, params);
  await createStageTables(database);
  await writeSlots(run, staged, offsets, replaced);
  const types = await columnTypes(database, current);
  await writeStatements(run, current);
  const large = await largeColumns(database);
  await writeLookups(run, types, large);
  // One transaction: rows of a table that it made itself go straight to their blocks, and not through the log first.
  await run('BEGIN');
  await run(recordTable(types));
  await run(recordSql(types, large, current, estate, staged.length));
  await run('COMMIT');
  await writeVocabulary(run, types);
  await writeFlagSets(run);
  await run(`CREATE TABLE next.rollup AS
    SELECT time_bucket(INTERVAL 10 SECONDS, time) AS bucket, class, result, count(*)::BIGINT AS events
    FROM next.record WHERE time IS NOT NULL GROUP BY ALL ORDER BY ALL`);
  await run('CREATE TABLE next.exhibit_offset AS SELECT exhibit, offset_us FROM memory.main.publish_offset');
  for (const table of [
    'publish_slot',
    'publish_offset',
    'publish_replaced',
    'publish_statement',
    'publish_base',
    'publish_lookup',
  ])
    await run(`DROP TABLE IF EXISTS memory.main.${table}`);
  for (const name of TEXT_NAMES) await run(`DROP TYPE IF EXISTS memory.main.${typeName(name)}`);
  await run('DROP TYPE IF EXISTS memory.main.publish_type_exhibit');
}

type Run = (sql: string, params?: readonly SqlParameter[]) => Promise<void>;
type ColumnTypes = ReadonlyMap<string, string>;

async function writeSlots(
  run: Run,
  staged: readonly StagedExhibit[],
  offsets: ReadonlyMap<string, number>,
  replaced: readonly string[],
): Promise<void> {
  await run('CREATE OR REPLACE TABLE memory.main.publish_slot (slot INTEGER, exhibit VARCHAR)');
  for (const { slot, exhibit } of staged)
    await run('INSERT INTO memory.main.publish_slot VALUES ($1, $2)', [slot, exhibit]);
  await run('CREATE OR REPLACE TABLE memory.main.publish_offset (exhibit VARCHAR, offset_us BIGINT)');
  for (const [exhibit, offset] of offsets)
    await run('INSERT INTO memory.main.publish_offset VALUES ($1, $2::DOUBLE::BIGINT)', [exhibit, offset]);
  await run('CREATE OR REPLACE TABLE memory.main.publish_replaced (exhibit VARCHAR)');
  for (const exhibit of replaced)
    await run('INSERT INTO memory.main.publish_replaced VALUES ($1)', [exhibit]);
}

/** Columns of text; those of lists keep their lists. */
const LIST_FIELDS: ReadonlyMap<string, Field> = new Map(LIST_COLUMNS.map((field) => [field.name, field]));
const TEXT_NAMES = DICTIONARY_COLUMNS.filter((name) => !LIST_FIELDS.has(name));

function typeName(name: string): string {
  return sqlName(`publish_type_${name}`);
}

/** Distinct values that each coded column has in the stage. */
async function stagedCounts(database: Database): Promise<ReadonlyMap<number, number>> {
  const rows = await database.rows(
    'import',
    `SELECT "column", count(DISTINCT value)::INTEGER FROM stage.main.stage_dictionary
      WHERE slot IN (SELECT slot FROM memory.main.publish_slot) GROUP BY "column"`,
  );
  return new Map(rows.map(([column, count]) => [Number(column), Number(count)]));
}

/** Decides for each coded text column whether it becomes an ENUM, and creates the type of its values in order. */
async function columnTypes(database: Database, current: string | undefined): Promise<ColumnTypes> {
  const types = new Map<string, string>();
  const counts = await stagedCounts(database);
  for (const name of TEXT_NAMES) {
    const column = sqlName(name);
    const old =
      current === undefined
        ? ''
        : `UNION SELECT CAST(${column} AS VARCHAR) FROM ${current}.record WHERE ${column} IS NOT NULL`;
    const values = `SELECT value FROM stage.main.stage_dictionary WHERE "column" = ${dictionaryColumn(name)}
      AND slot IN (SELECT slot FROM memory.main.publish_slot) ${old}`;
    let count = counts.get(dictionaryColumn(name)) ?? 0;
    if (current !== undefined && count <= MAX_ENUM) {
      const [counted] = await database.all(
        'import',
        `SELECT count(DISTINCT value)::INTEGER AS n FROM (${values})`,
      );
      count = Number(counted?.n);
    }
    // A type without values cannot be; a column without any takes no room as text either.
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
  // Exhibits in order of number, not of text: E10 after E9.
  const oldExhibits =
    current === undefined ? '' : `UNION SELECT CAST(exhibit AS VARCHAR) FROM ${current}.record`;
  await database.run(
    'import',
    `CREATE TYPE memory.main.publish_type_exhibit AS ENUM (SELECT exhibit FROM (SELECT 'E001' AS exhibit UNION SELECT exhibit FROM memory.main.publish_slot
      UNION SELECT exhibit FROM memory.main.publish_offset ${oldExhibits})
      ORDER BY CAST(split_part(exhibit[2:], '.', 1) AS INTEGER), exhibit)`,
  );
  return types;
}

const STATEMENT_COLUMNS =
  'text, fingerprint, class, action, objects, columns, flags, statements, parser, confidence, dialect, truncated';
const OBJECT_LIST = `'[{"type":"VARCHAR","name":"VARCHAR","access":"VARCHAR"}]'`;
const TEXT_LIST = `'["VARCHAR"]'`;

/** Distinct texts once, old ones under their old numbers, and the map from the stage's numbers to them. */
async function writeStatements(run: Run, current: string | undefined): Promise<void> {
  await run(`CREATE TABLE next.statement (statement_id BIGINT, text VARCHAR, fingerprint VARCHAR, class VARCHAR, action VARCHAR,
    objects STRUCT(type VARCHAR, name VARCHAR, access VARCHAR)[], columns VARCHAR[], flags VARCHAR[], statements INTEGER,
    parser VARCHAR, confidence VARCHAR, dialect VARCHAR, truncated BOOLEAN)`);
  if (current !== undefined)
    await run(
      `INSERT INTO next.statement SELECT statement_id, ${STATEMENT_COLUMNS} FROM ${current}.statement ORDER BY statement_id`,
    );
  // The numbers follow the first appearance, so that the same files in the same order give the same numbers.
  await run(`INSERT INTO next.statement
    SELECT (SELECT coalesce(max(statement_id), 0) FROM next.statement) + row_number() OVER (ORDER BY first_at), text, fingerprint,
      class, action, objects, columns, flags, statements, parser, confidence, dialect, truncated
    FROM (SELECT text, dialect, truncated, min(slot::BIGINT * 4294967296 + id) AS first_at,
        any_value(fingerprint) AS fingerprint, any_value(class) AS class, any_value(action) AS action, any_value(objects) AS objects,
        any_value(columns) AS columns, any_value(flags) AS flags, any_value(statements) AS statements,
        any_value(parser) AS parser, any_value(confidence) AS confidence
      FROM stage.main.stage_statement WHERE slot IN (SELECT slot FROM memory.main.publish_slot)
      GROUP BY text, dialect, truncated) fresh
    WHERE NOT EXISTS (SELECT 1 FROM next.statement known
      WHERE known.text = fresh.text AND known.dialect = fresh.dialect AND known.truncated = fresh.truncated)
    ORDER BY first_at`);
  await run(`CREATE OR REPLACE TABLE memory.main.publish_statement AS
    SELECT staged.slot, staged.id, known.statement_id
    FROM stage.main.stage_statement staged JOIN next.statement known USING (text, dialect, truncated)`);
}

/**
 * Most codes of a column that are looked up in a list. DuckDB looks over the whole list for each 2 048 records: beyond this
 * many, joining the codes costs less. Measured on 585 000 records: 0.85 s of CPU for a list of 207 000 lists of texts.
 */
const MAX_LISTED = 16_384;

/** Columns that have more codes than are looked up in a list. */
async function largeColumns(database: Database): Promise<ReadonlySet<string>> {
  const rows = await database.rows(
    'import',
    `SELECT "column" FROM stage.main.stage_dictionary WHERE slot IN (SELECT slot FROM memory.main.publish_slot)
      GROUP BY "column" HAVING count(*) > ${MAX_LISTED}`,
  );
  return new Set(rows.map(([column]) => DICTIONARY_COLUMNS[Number(column)] ?? ''));
}

/**
 * `publish_lookup`: one row with a list for each coded column, the values of all slots one after the other. `publish_base`:
 * where each slot's begin. So code n of a slot stands at base + n. Looking a code up in a list of one row costs a fraction of
 * a hash join for each column; a list in a row for each slot would be copied for every record that the join finds.
 */
async function writeLookups(run: Run, types: ColumnTypes, large: ReadonlySet<string>): Promise<void> {
  const lists = DICTIONARY_COLUMNS.filter((name) => !large.has(name)).map(
    (name) => `(SELECT list(${codedValue(types, name)} ORDER BY slot, code) FROM stage.main.stage_dictionary
      WHERE "column" = ${dictionaryColumn(name)} AND slot IN (SELECT slot FROM memory.main.publish_slot)) AS ${sqlName(name)}`,
  );
  await run(`CREATE OR REPLACE TABLE memory.main.publish_lookup AS
    SELECT ${lists.join(', ')}`);
  const bases = DICTIONARY_COLUMNS.map(
    (name, column) =>
      `(sum(count(*) FILTER (WHERE "column" = ${column})) OVER (ORDER BY slots.slot ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))::INTEGER AS ${sqlName(name)}`,
  );
  await run(`CREATE OR REPLACE TABLE memory.main.publish_base AS
    SELECT slots.slot, CAST(slots.exhibit AS publish_type_exhibit) AS exhibit,
      ${bases.join(', ')}
    FROM memory.main.publish_slot slots LEFT JOIN stage.main.stage_dictionary USING (slot)
    GROUP BY slots.slot, slots.exhibit`);
}

/** The value of a row of `stage_dictionary` in the type of its column. */
function codedValue(types: ColumnTypes, name: string): string {
  // The condition stands inside the conversion as well: a filter would come after it, and it fails on other columns' text.
  const own = `CASE WHEN "column" = ${dictionaryColumn(name)} THEN value END`;
  const field = LIST_FIELDS.get(name);
  return field === undefined ? `CAST(${own} AS ${typeOf(types, name)})` : listFromJson(field, own);
}

/** A list column's value from the JSON text that its code stands for. */
function listFromJson(field: Field, text: string): string {
  return `from_json(${text}, ${field.type === 'object list' ? OBJECT_LIST : TEXT_LIST})`;
}

/** The columns of `record` in order. */
function recordColumns(types: ColumnTypes): readonly (readonly [string, string])[] {
  return [
    ['exhibit', 'publish_type_exhibit'],
    ['ordinal', 'INTEGER'],
    ...NUMBER_COLUMNS.map((field) => [field.name, field.sqlType] as const),
    ...DICTIONARY_COLUMNS.map(
      (name) => [name, LIST_FIELDS.get(name)?.sqlType ?? typeOf(types, name)] as const,
    ),
    ['logged_time', 'TIMESTAMP'],
    ['flag_bits', 'INTEGER'],
  ];
}

function recordTable(types: ColumnTypes): string {
  const columns = recordColumns(types).map(([name, type]) => `${sqlName(name)} ${type}`);
  const virtual = VIRTUAL_COLUMNS.map(
    ([name, type, expression]) => `${name} ${type} GENERATED ALWAYS AS (${expression}) VIRTUAL`,
  );
  return `CREATE TABLE next.record (${[...columns, ...virtual].join(', ')})`;
}

/** All the records: the stage's and the current ones, with the same columns. */
function recordSql(
  types: ColumnTypes,
  large: ReadonlySet<string>,
  current: string | undefined,
  estate: Estate | undefined,
  slots: number,
): string {
  const staged = [
    'b.exhibit AS exhibit',
    'r.ordinal AS ordinal',
    ...NUMBER_COLUMNS.map((field) => `${stagedNumber(field)} AS ${sqlName(field.name)}`),
    ...DICTIONARY_COLUMNS.map((name) => `${lookedUp(types, large, name, slots)} AS ${sqlName(name)}`),
  ];
  const joins = [...large].map(
    (
      name,
    ) => `LEFT JOIN (SELECT slot, code, ${codedValue(types, name)} AS value FROM stage.main.stage_dictionary
      WHERE "column" = ${dictionaryColumn(name)}) ${joinName(name)}
      ON ${joinName(name)}.slot = r.slot AND ${joinName(name)}.code = r.${sqlName(name)}`,
  );
  const stagedRows = `SELECT ${staged.join(', ')}
    FROM stage.main.stage_record r JOIN memory.main.publish_base b ON b.slot = r.slot
    LEFT JOIN memory.main.publish_statement m ON m.slot = r.slot AND m.id = r.statement_id
    ${joins.join(' ')}
    CROSS JOIN memory.main.publish_lookup l`;
  const kept = [
    'CAST(CAST(r.exhibit AS VARCHAR) AS publish_type_exhibit) AS exhibit',
    'r.ordinal AS ordinal',
    ...NUMBER_COLUMNS.map((field) =>
      field.type === 'timestamp' ? 'r.logged_time AS time' : `r.${sqlName(field.name)}`,
    ),
    ...DICTIONARY_COLUMNS.map((name) =>
      LIST_FIELDS.has(name)
        ? `r.${sqlName(name)}`
        : `CAST(CAST(r.${sqlName(name)} AS VARCHAR) AS ${typeOf(types, name)}) AS ${sqlName(name)}`,
    ),
  ];
  const keptRows =
    current === undefined
      ? ''
      : `UNION ALL SELECT ${kept.join(', ')} FROM ${current}.record r
        WHERE CAST(r.exhibit AS VARCHAR) NOT IN (SELECT exhibit FROM memory.main.publish_replaced)`;
  return `INSERT INTO next.record
    WITH logged AS (${stagedRows} ${keptRows}),
    placed AS (SELECT r.* REPLACE (r.time + to_microseconds(coalesce(o.offset_us, 0)) AS time), r.time AS logged_time
      FROM logged r LEFT JOIN memory.main.publish_offset o ON o.exhibit = CAST(r.exhibit AS VARCHAR))
    SELECT ${recordColumns(types)
      .slice(0, -1)
      .map(([name]) => `r.${sqlName(name)}`)
      .join(', ')}, ${flagBits(estate)} AS flag_bits
    FROM placed r LEFT JOIN (SELECT statement_id, objects AS s_objects, ${bitsOf('flags')} AS s_bits, length(text) AS s_length
      FROM next.statement) s ON s.statement_id = r.statement_id
    ORDER BY r.time NULLS LAST, r.exhibit, r.ordinal`;
}

/** Code 0 is absent; the first slot has no base. */
function lookedUp(types: ColumnTypes, large: ReadonlySet<string>, name: string, slots: number): string {
  // What nothing has ever said costs no look-up.
  if (!LIST_FIELDS.has(name) && !types.has(name)) return 'CAST(NULL AS VARCHAR)';
  if (large.has(name)) return `${joinName(name)}.value`;
  const column = sqlName(name);
  // Lists count from 1: place 0 is NULL.
  if (slots <= 1) return `l.${column}[r.${column}]`;
  return `CASE WHEN r.${column} > 0 THEN l.${column}[coalesce(b.${column}, 0) + r.${column}] END`;
}

function joinName(name: string): string {
  return sqlName(`large_${name}`);
}

function typeOf(types: ColumnTypes, name: string): string {
  return types.get(name) ?? 'VARCHAR';
}

function stagedNumber(field: Field): string {
  if (field.name === 'statement_id') return 'm.statement_id';
  const value = `r.${sqlName(field.name)}`;
  const known =
    field.type === 'timestamp' ? `make_timestamp(${value}::BIGINT)` : `${value}::${field.sqlType}`;
  return `CASE WHEN isnan(${value}) THEN NULL ELSE ${known} END`;
}

/** Bit of a flag in `flag_bits`: its place in the registry. */
export function flagBit(flag: (typeof EVENT_FLAGS)[number]): number {
  return 1 << EVENT_FLAGS.indexOf(flag);
}

/** A list of flag names as bits. */
function bitsOf(list: string): string {
  const tests = EVENT_FLAGS.map(
    (flag, bit) => `CASE WHEN list_contains(${list}, '${flag}') THEN ${1 << bit} ELSE 0 END`,
  );
  return `(CASE WHEN ${list} IS NULL OR len(${list}) = 0 THEN 0 ELSE ${tests.join(' + ')} END)`;
}

function flagBits(estate: Estate | undefined): string {
  const marks =
    estate === undefined
      ? []
      : estateMarks(estate).map(({ flag, when }) => `CASE WHEN ${when} THEN ${flagBit(flag)} ELSE 0 END`);
  return `(${[`${bitsOf('r.flags')}`, 'coalesce(s.s_bits, 0)', ...marks].join(' | ')})::INTEGER`;
}

/**
 * The values of every ENUM column that is a field, beside each other: a text search looks here first, and then meets the records by their
 * codes. One table, padded with NULL to the longest column.
 */
async function writeVocabulary(run: Run, types: ColumnTypes): Promise<void> {
  const columns = [...types]
    .filter(([name, type]) => type !== 'VARCHAR' && fieldNamed(name) !== undefined)
    .map(([name, type]) => `unnest(CAST(enum_range(NULL::${type}) AS ${type}[])) AS ${sqlName(name)}`);
  if (columns.length === 0) columns.push('CAST(NULL AS VARCHAR) AS nothing');
  await run(`CREATE TABLE next.vocabulary AS SELECT ${columns.join(', ')}`);
}

/** The few combinations of flags that occur, as lists: what `flag_bits` stands for. */
async function writeFlagSets(run: Run): Promise<void> {
  const names = EVENT_FLAGS.map(
    (flag, bit) => `CASE WHEN flag_bits & ${1 << bit} <> 0 THEN ${sqlText(flag)} END`,
  );
  await run(`CREATE TABLE next.flag_set AS
    SELECT flag_bits, list_filter([${names.join(', ')}], flag -> flag IS NOT NULL) AS flags
    FROM (SELECT DISTINCT flag_bits FROM next.record WHERE flag_bits <> 0) ORDER BY flag_bits`);
}
