import type { Estate } from '@dbwitness/shared/estate/estate.ts';
import type { Field } from '@dbwitness/shared/events/fields.ts';
import { type Database, sqlName } from '../db/database.ts';
import { type ColumnTypes, TEXT_NAMES, typeOf } from './column-types.ts';
import {
  DICTIONARY_COLUMNS,
  dictionaryColumn,
  LIST_COLUMNS,
  NUMBER_COLUMNS,
  VIRTUAL_COLUMNS,
} from './columns.ts';
import { type EstateMark, estateMarks } from './estate-marks.ts';
import { bitsOf, flagBit } from './flag-bits.ts';
import type { RunSql } from './publish.ts';
import { cutIntoRuns, inRun, loggedIn, RUN_ROWS, type Run } from './runs.ts';

export interface RecordsInput {
  readonly current: string | undefined;
  readonly types: ColumnTypes;
  readonly offsets: ReadonlyMap<string, number>;
  readonly estate: Estate | undefined;
  /** Slots of the stage that are published. */
  readonly slots: number;
  readonly runRows: number | undefined;
}

/** Writes `next.record`, the stage's and the current ones, run by run in the order of (time, exhibit, ordinal). */
export async function writeRecords(database: Database, run: RunSql, input: RecordsInput): Promise<void> {
  const { current, types, offsets, estate, slots, runRows = RUN_ROWS } = input;
  const large = await largeColumns(database);
  await writeLookups(run, types, large);
  await writeMarks(run, estate);
  const runs = await runsOf(database, current, runRows);
  await run(recordTable(types));
  const shifts = [...offsets.values()];
  for (const one of runs) {
    await writeLargeValues(run, types, large, one, shifts);
    await run(recordsSql({ current, types, estate, slots, large }, one, shifts));
  }
  for (const name of ['base', 'listed', 'lookup', 'statement_bits', 'list_bits'])
    await run(`DROP TABLE IF EXISTS temp.main.publish_${name}`);
  for (const name of large) await run(`DROP TABLE IF EXISTS temp.main.${largeTable(name)}`);
}

/** One run when there are few records, else as many as `rows` records each make. */
async function runsOf(
  database: Database,
  current: string | undefined,
  rows: number,
): Promise<readonly Run[]> {
  const kept = current === undefined ? '' : `+ (SELECT count(*) FROM ${current}.record)`;
  const [counted] = await database.all(
    'import',
    `SELECT ((SELECT count(*) FROM stage.main.stage_record) ${kept})::DOUBLE AS records`,
  );
  if (Number(counted?.records) <= rows * 1.25) return [{ from: undefined, to: undefined }];
  const keptPlaces =
    current === undefined
      ? ''
      : `UNION ALL SELECT r.logged_time + to_microseconds(coalesce(o.offset_us, 0)), CAST(CAST(r.exhibit AS VARCHAR) AS publish_type_exhibit),
          r.ordinal, r.rowid
        FROM ${current}.record r LEFT JOIN temp.main.publish_offset o ON o.exhibit = CAST(r.exhibit AS VARCHAR)
        WHERE CAST(r.exhibit AS VARCHAR) NOT IN (SELECT exhibit FROM temp.main.publish_replaced)`;
  return cutIntoRuns(
    database,
    `SELECT ${stagedNumber(TIME)} + to_microseconds(coalesce(o.offset_us, 0)) AS time, b.exhibit AS exhibit, r.ordinal AS ordinal, r.rowid AS number
      FROM stage.main.stage_record r JOIN temp.main.publish_base b ON b.slot = r.slot
      LEFT JOIN temp.main.publish_offset o ON o.exhibit = CAST(b.exhibit AS VARCHAR)
      ${keptPlaces}`,
    rows,
  );
}

/**
 * Most codes of a column that are looked up in a list. DuckDB looks over the whole list for each 2 048 records: beyond this
 * many, joining the codes costs less. Measured on 585 000 records: 0.85 s of CPU for a list of 207 000 lists of texts.
 */
const MAX_LISTED = 16_384;

/** Text columns that have more codes than are looked up in a list. */
async function largeColumns(database: Database): Promise<ReadonlySet<string>> {
  const rows = await database.rows(
    'import',
    `SELECT "column" FROM stage.main.stage_dictionary WHERE slot IN (SELECT slot FROM temp.main.publish_slot)
      GROUP BY "column" HAVING count(*) > ${MAX_LISTED}`,
  );
  const names = new Set(rows.map(([column]) => DICTIONARY_COLUMNS[Number(column)]));
  return new Set(TEXT_NAMES.filter((name) => names.has(name)));
}

/**
 * `publish_lookup`: one row with a list for each coded column, the values of all slots one after the other. `publish_base`:
 * where each slot's begin. So code n of a slot stands at base + n. Looking a code up in a list of one row costs a fraction of
 * a hash join for each column; a list in a row for each slot would be copied for every record that the join finds.
 */
async function writeLookups(run: RunSql, types: ColumnTypes, large: ReadonlySet<string>): Promise<void> {
  const listed = TEXT_NAMES.filter((name) => types.has(name) && !large.has(name));
  // The large columns are nearly all of the dictionary: each list is then made of what is left.
  await run(`CREATE OR REPLACE TEMP TABLE publish_listed AS SELECT * FROM stage.main.stage_dictionary
    WHERE slot IN (SELECT slot FROM temp.main.publish_slot)
      AND "column" IN (${['-1', ...listed.map(dictionaryColumn)].join(', ')})
    ORDER BY "column", slot, code`);
  const lists = listed.map(
    (name) => `(SELECT list(${codedValue(types, name)} ORDER BY slot, code) FROM temp.main.publish_listed
      WHERE "column" = ${dictionaryColumn(name)}) AS ${sqlName(name)}`,
  );
  await run(`CREATE OR REPLACE TEMP TABLE publish_lookup AS SELECT ${['1 AS one', ...lists].join(', ')}`);
  const bases = listed.map(
    (name) =>
      `(sum(count(*) FILTER (WHERE "column" = ${dictionaryColumn(name)})) OVER (ORDER BY slots.slot ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))::INTEGER AS ${sqlName(name)}`,
  );
  await run(`CREATE OR REPLACE TEMP TABLE publish_base AS
    SELECT ${['slots.slot', 'CAST(slots.exhibit AS publish_type_exhibit) AS exhibit', ...bases].join(', ')}
    FROM temp.main.publish_slot slots LEFT JOIN temp.main.publish_listed USING (slot)
    GROUP BY slots.slot, slots.exhibit`);
}

/** The flags that statements and lists of records give to every record that has them: `flag_bits`, where there are any. */
async function writeMarks(run: RunSql, estate: Estate | undefined): Promise<void> {
  const bits = (flags: string, of: EstateMark['of']) => [bitsOf(flags), ...marksOf(estate, of)].join(' | ');
  await run(`CREATE OR REPLACE TEMP TABLE publish_statement_bits AS
    SELECT statement_id, bits FROM (SELECT statement_id, ${bits('s.flags', 'statement')} AS bits FROM next.statement s) WHERE bits <> 0`);
  await run(`CREATE OR REPLACE TEMP TABLE publish_list_bits AS
    SELECT list_set, bits FROM (SELECT list_set, ${bits('l.flags', 'list_set')} AS bits FROM next.list_set l) WHERE bits <> 0`);
}

function marksOf(estate: Estate | undefined, of: EstateMark['of']): readonly string[] {
  const marks = estate === undefined ? [] : estateMarks(estate);
  return marks
    .filter((mark) => mark.of === of)
    .map(({ flag, when }) => `CASE WHEN ${when} THEN ${flagBit(flag)} ELSE 0 END`);
}

/** The value of a row of `stage_dictionary` in the type of its column. */
function codedValue(types: ColumnTypes, name: string): string {
  // The condition stands inside the conversion as well: a filter would come after it, and it fails on other columns' text.
  return `CAST(CASE WHEN "column" = ${dictionaryColumn(name)} THEN value END AS ${typeOf(types, name)})`;
}

/** The values of the large columns that the records of a run can have: codes come in the order of the log. */
async function writeLargeValues(
  run: RunSql,
  types: ColumnTypes,
  large: ReadonlySet<string>,
  one: Run,
  offsets: readonly number[],
): Promise<void> {
  for (const name of large) {
    const code = sqlName(name);
    await run(`CREATE OR REPLACE TEMP TABLE ${largeTable(name)} AS
      SELECT d.slot, d.code, ${codedValue(types, name)} AS value
      FROM stage.main.stage_dictionary d JOIN (SELECT slot, min(${code}) AS least, max(${code}) AS most
        FROM stage.main.stage_record r WHERE ${code} > 0 AND ${stagedIn(one, offsets)} GROUP BY slot) used
        ON used.slot = d.slot AND d.code BETWEEN used.least AND used.most
      WHERE "column" = ${dictionaryColumn(name)}`);
  }
}

function largeTable(name: string): string {
  return sqlName(`publish_large_${name}`);
}

/** The columns of `record` that come from stage and current events as they are, in order. */
function loggedColumns(types: ColumnTypes): readonly (readonly [string, string])[] {
  return [
    ['exhibit', 'publish_type_exhibit'],
    ['ordinal', 'INTEGER'],
    ...NUMBER_COLUMNS.map((field) => [field.name, field.sqlType] as const),
    ...TEXT_NAMES.map((name) => [name, typeOf(types, name)] as const),
    ['list_set', 'INTEGER'],
  ];
}

function recordTable(types: ColumnTypes): string {
  const columns = [
    ...loggedColumns(types),
    ['logged_time', 'TIMESTAMP'] as const,
    ['flag_bits', 'INTEGER'] as const,
  ];
  const virtual = VIRTUAL_COLUMNS.map(
    ([name, type, expression]) => `${name} ${type} GENERATED ALWAYS AS (${expression}) VIRTUAL`,
  );
  return `CREATE TABLE next.record (${[...columns.map(([name, type]) => `${sqlName(name)} ${type}`), ...virtual].join(', ')})`;
}

/** Writes the records of a run. */
function recordsSql(
  {
    current,
    types,
    estate,
    slots,
    large,
  }: Pick<RecordsInput, 'current' | 'types' | 'estate' | 'slots'> & {
    readonly large: ReadonlySet<string>;
  },
  one: Run,
  offsets: readonly number[],
): string {
  const logged = [
    stagedRecords(types, large, slots, stagedIn(one, offsets)),
    ...(current === undefined ? [] : [keptRecords(types, current, keptIn(one, offsets))]),
  ];
  const bits = ['coalesce(s.bits, 0)', 'coalesce(l.bits, 0)', ...marksOf(estate, 'record')];
  return `INSERT INTO next.record
    WITH logged AS (${logged.join(' UNION ALL ')}),
    placed AS (SELECT r.* REPLACE (r.time + to_microseconds(coalesce(o.offset_us, 0)) AS time), r.time AS logged_time
      FROM logged r LEFT JOIN temp.main.publish_offset o ON o.exhibit = CAST(r.exhibit AS VARCHAR))
    SELECT ${loggedColumns(types)
      .map(([name]) => `r.${sqlName(name)}`)
      .join(', ')}, r.logged_time, (${bits.join(' | ')})::INTEGER AS flag_bits
    FROM placed r LEFT JOIN temp.main.publish_statement_bits s ON s.statement_id = r.statement_id
    LEFT JOIN temp.main.publish_list_bits l ON l.list_set = r.list_set
    WHERE ${inRun(one)}
    ORDER BY r.time NULLS LAST, r.exhibit, r.ordinal`;
}

function stagedRecords(
  types: ColumnTypes,
  large: ReadonlySet<string>,
  slots: number,
  condition: string,
): string {
  const columns = [
    'b.exhibit AS exhibit',
    'r.ordinal AS ordinal',
    ...NUMBER_COLUMNS.map((field) => `${stagedNumber(field)} AS ${sqlName(field.name)}`),
    ...TEXT_NAMES.map((name) => `${lookedUp(types, large, name, slots)} AS ${sqlName(name)}`),
    'k.list_set AS list_set',
  ];
  const joins = [...large].map((name) => {
    const alias = largeTable(name);
    return `LEFT JOIN temp.main.${alias} ON ${alias}.slot = r.slot AND ${alias}.code = r.${sqlName(name)}`;
  });
  const lists = LIST_COLUMNS.map(({ name }) => `k.${name} = r.${name}`);
  return `SELECT ${columns.join(', ')}
    FROM stage.main.stage_record r JOIN temp.main.publish_base b ON b.slot = r.slot
    LEFT JOIN temp.main.publish_statement m ON m.slot = r.slot AND m.id = r.statement_id
    LEFT JOIN temp.main.publish_list_set k ON k.slot = r.slot AND ${lists.join(' AND ')}
    ${joins.join(' ')}
    CROSS JOIN temp.main.publish_lookup v
    WHERE ${condition}`;
}

function keptRecords(types: ColumnTypes, current: string, condition: string): string {
  const columns = [
    'CAST(CAST(r.exhibit AS VARCHAR) AS publish_type_exhibit) AS exhibit',
    'r.ordinal AS ordinal',
    ...NUMBER_COLUMNS.map((field) =>
      field.type === 'timestamp' ? 'r.logged_time AS time' : `r.${sqlName(field.name)}`,
    ),
    ...TEXT_NAMES.map(
      (name) => `CAST(CAST(r.${sqlName(name)} AS VARCHAR) AS ${typeOf(types, name)}) AS ${sqlName(name)}`,
    ),
    'r.list_set',
  ];
  return `SELECT ${columns.join(', ')} FROM ${current}.record r
    WHERE CAST(r.exhibit AS VARCHAR) NOT IN (SELECT exhibit FROM temp.main.publish_replaced) AND ${condition}`;
}

/** Which rows of the stage can be in a run. A time that is absent there is NaN, which is more than all others. */
function stagedIn(one: Run, offsets: readonly number[]): string {
  const { first, last, timed } = loggedIn(one, offsets);
  const conditions = [
    ...(timed ? [] : [`r.time >= 'nan'::DOUBLE`]),
    ...(first === undefined ? [] : [`r.time >= ${Number(first)}::DOUBLE`]),
    ...(last === undefined ? [] : [`r.time <= ${Number(last)}::DOUBLE`]),
  ];
  return conditions.length === 0 ? 'true' : conditions.join(' AND ');
}

/** Which current records can be in a run. */
function keptIn(one: Run, offsets: readonly number[]): string {
  const { first, last, timed, untimed } = loggedIn(one, offsets);
  if (!timed) return 'r.logged_time IS NULL';
  const within = [
    ...(first === undefined ? [] : [`r.logged_time >= make_timestamp(${first})`]),
    ...(last === undefined ? [] : [`r.logged_time <= make_timestamp(${last})`]),
  ];
  if (within.length === 0) return 'true';
  return untimed ? `(r.logged_time IS NULL OR (${within.join(' AND ')}))` : within.join(' AND ');
}

/** Code 0 is absent; the first slot has no base. */
function lookedUp(types: ColumnTypes, large: ReadonlySet<string>, name: string, slots: number): string {
  // What nothing has ever said costs no look-up.
  if (!types.has(name)) return `CAST(NULL AS ${typeOf(types, name)})`;
  if (large.has(name)) return `${largeTable(name)}.value`;
  const column = sqlName(name);
  // Lists count from 1: place 0 is NULL.
  if (slots <= 1) return `v.${column}[r.${column}]`;
  return `CASE WHEN r.${column} > 0 THEN v.${column}[coalesce(b.${column}, 0) + r.${column}] END`;
}

const TIME = NUMBER_COLUMNS.find((field) => field.name === 'time');

function stagedNumber(field: Field | undefined): string {
  if (field === undefined) throw new Error('events have no time');
  if (field.name === 'statement_id') return 'm.statement_id';
  const value = `r.${sqlName(field.name)}`;
  const known =
    field.type === 'timestamp' ? `make_timestamp(${value}::BIGINT)` : `${value}::${field.sqlType}`;
  return `CASE WHEN isnan(${value}) THEN NULL ELSE ${known} END`;
}
