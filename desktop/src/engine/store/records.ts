import type { Estate } from '@dbwitness/shared/estate/estate.ts';
import type { Field } from '@dbwitness/shared/events/fields.ts';
import { type Database, sqlName } from '../db/database.ts';
import { type ColumnTypes, EXHIBIT_TYPE, TEXT_NAMES } from './column-types.ts';
import {
  DICTIONARY_COLUMNS,
  dictionaryColumn,
  LIST_COLUMNS,
  NUMBER_COLUMNS,
  VIRTUAL_COLUMNS,
} from './columns.ts';
import { type EstateMark, estateMarks } from './estate-marks.ts';
import { bitsOf, flagBit } from './flag-bits.ts';
import { cutIntoRuns, inRun, loggedIn, RUN_ROWS, type Run } from './runs.ts';
import { type RunSql, WORKSHOP } from './workshop.ts';

export interface RecordsInput {
  readonly current: string | undefined;
  readonly types: ColumnTypes;
  readonly offsets: ReadonlyMap<string, number>;
  readonly estate: Estate | undefined;
  readonly runRows: number | undefined;
}

/** Writes `next.record`, the stage's and the current ones, run by run in the order of (time, exhibit, ordinal). */
export async function writeRecords(database: Database, run: RunSql, input: RecordsInput): Promise<void> {
  const { current, types, offsets, runRows = RUN_ROWS } = input;
  const large = await largeColumns(database);
  await writeLookups(run, types, large);
  await writeMarks(run, input.estate);
  const runs = await runsOf(database, current, runRows);
  const shifts = [...offsets.values()];
  // One transaction: all runs but the last then fill whole row groups, compressed once.
  await run('BEGIN');
  try {
    await createRecord(run, types);
    for (const one of runs) {
      await run(recordsSql(input, large, one, shifts));
    }
    await run('COMMIT');
  } catch (error) {
    // A commit that failed has ended the transaction.
    await run('ROLLBACK').catch(() => undefined);
    await run('USE memory');
    throw error;
  }
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
      : `UNION ALL SELECT r.logged_time + to_microseconds(coalesce(o.offset_us, 0)), CAST(CAST(r.exhibit AS VARCHAR) AS ${EXHIBIT_TYPE}),
          r.ordinal, r.rowid
        FROM ${current}.record r LEFT JOIN ${WORKSHOP}.offset o ON o.exhibit = CAST(r.exhibit AS VARCHAR)
        WHERE CAST(r.exhibit AS VARCHAR) NOT IN (SELECT exhibit FROM ${WORKSHOP}.replaced)`;
  return cutIntoRuns(
    database,
    `SELECT ${stagedNumber(TIME)} + to_microseconds(b.offset_us) AS time, b.exhibit AS exhibit, r.ordinal AS ordinal, r.rowid AS number
      FROM stage.main.stage_record r JOIN ${WORKSHOP}.base b ON b.slot = r.slot
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
    `SELECT "column" FROM stage.main.stage_dictionary WHERE slot IN (SELECT slot FROM ${WORKSHOP}.slot)
      GROUP BY "column" HAVING count(*) > ${MAX_LISTED}`,
  );
  const names = new Set(rows.map(([column]) => DICTIONARY_COLUMNS[Number(column)]));
  return new Set(TEXT_NAMES.filter((name) => names.has(name)));
}

/**
 * The workshop's `lookup`: one row with a list for each coded column, of each slot a NULL for code 0 and then its values, one
 * slot after the other. `base`: where each slot's begin, so that code n of a slot stands at base + n. Looking a code up in a
 * list of one row costs a fraction of a hash join for each column; a list in a row for each slot would be copied for every
 * record that the join finds.
 */
async function writeLookups(run: RunSql, types: ColumnTypes, large: ReadonlySet<string>): Promise<void> {
  const listed = TEXT_NAMES.filter((name) => types.has(name) && !large.has(name));
  // The large columns are nearly all of the dictionary: each list is then made of what is left.
  await run(`CREATE TABLE ${WORKSHOP}.listed AS
    SELECT slot, "column", code, value FROM stage.main.stage_dictionary
    WHERE slot IN (SELECT slot FROM ${WORKSHOP}.slot) AND "column" IN (${['-1', ...listed.map(dictionaryColumn)].join(', ')})
    UNION ALL SELECT slot, "column", 0, NULL
    FROM ${WORKSHOP}.slot, (SELECT unnest([${listed.map(dictionaryColumn).join(', ')}]::INTEGER[]) AS "column")
    ORDER BY "column", slot, code`);
  const lists = listed.map(
    (name) => `(SELECT list(${codedValue(types, name)} ORDER BY slot, code) FROM ${WORKSHOP}.listed
      WHERE "column" = ${dictionaryColumn(name)}) AS ${sqlName(name)}`,
  );
  await run(`CREATE TABLE ${WORKSHOP}.lookup AS SELECT ${['1 AS one', ...lists].join(', ')}`);
  // Lists count from 1.
  const bases = listed.map(
    (name) =>
      `(1 + coalesce(sum(count(*) FILTER (WHERE "column" = ${dictionaryColumn(name)})) OVER former, 0))::BIGINT AS ${sqlName(name)}`,
  );
  await run(`CREATE TABLE ${WORKSHOP}.base AS
    SELECT ${['slots.slot', `CAST(slots.exhibit AS ${EXHIBIT_TYPE}) AS exhibit`, 'coalesce(any_value(o.offset_us), 0) AS offset_us', ...bases].join(', ')}
    FROM ${WORKSHOP}.slot slots LEFT JOIN ${WORKSHOP}.offset o USING (exhibit) LEFT JOIN ${WORKSHOP}.listed USING (slot)
    GROUP BY slots.slot, slots.exhibit WINDOW former AS (ORDER BY slots.slot ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)`);
}

/** The flags that statements and lists of records give to every record that has them: `flag_bits`, where there are any. */
async function writeMarks(run: RunSql, estate: Estate | undefined): Promise<void> {
  const bits = (flags: string, of: EstateMark['of']) => [bitsOf(flags), ...marksOf(estate, of)].join(' | ');
  await run(`CREATE TABLE ${WORKSHOP}.statement_bits AS
    SELECT statement_id, bits FROM (SELECT statement_id, ${bits('s.flags', 'statement')} AS bits FROM next.statement s) WHERE bits <> 0`);
  await run(`CREATE TABLE ${WORKSHOP}.list_bits AS
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
  return `CAST(CASE WHEN "column" = ${dictionaryColumn(name)} THEN value END AS ${types.get(name) ?? 'VARCHAR'})`;
}

/** The values of a large column that the records of a run can have: codes come in the order of the log. */
function largeValues(types: ColumnTypes, name: string, condition: string): string {
  const code = sqlName(name);
  return `SELECT d.slot, d.code, ${codedValue(types, name)} AS value
    FROM stage.main.stage_dictionary d JOIN (SELECT slot, min(${code}) AS least, max(${code}) AS most
      FROM stage.main.stage_record r WHERE ${code} > 0 AND ${condition} GROUP BY slot) used
      ON used.slot = d.slot AND d.code BETWEEN used.least AND used.most
    WHERE d."column" = ${dictionaryColumn(name)}`;
}

function largeAlias(name: string): string {
  return sqlName(`large_${name}`);
}

/** A text that nothing has ever said: not stored, and conditions may ask for it all the same. */
const NOTHING = 'CAST(NULL AS VARCHAR)';

/** The columns that come from stage and current events as they are, in order. What nothing has ever said is not among them. */
function loggedColumns(types: ColumnTypes): readonly (readonly [string, string])[] {
  return [
    ['exhibit', EXHIBIT_TYPE],
    ['ordinal', 'INTEGER'],
    ...NUMBER_COLUMNS.map((field) => [field.name, field.sqlType] as const),
    ...[...types],
    ['list_set', 'INTEGER'],
  ];
}

/**
 * `next.logged`: what is stored of a record. `next.record` has besides it what is put together when it is asked for, as a
 * view: DuckDB evaluates generated columns for each row that it takes in, which took an eighth of the CPU time of a publish.
 */
async function createRecord(run: RunSql, types: ColumnTypes): Promise<void> {
  const columns = [
    ...loggedColumns(types),
    ['logged_time', 'TIMESTAMP'] as const,
    ['flag_bits', 'INTEGER'] as const,
  ];
  await run(
    `CREATE TABLE next.logged (${columns.map(([name, type]) => `${sqlName(name)} ${type}`).join(', ')})`,
  );
  const stored = columns.map(([name]) => sqlName(name));
  const empty = TEXT_NAMES.filter((name) => !types.has(name)).map((name) => `${NOTHING} AS ${sqlName(name)}`);
  const fields = `(SELECT ${[...stored, ...empty, 'rowid AS row_id'].join(', ')} FROM main.logged)`;
  const virtual = VIRTUAL_COLUMNS.map(([name, expression]) => `${expression} AS ${name}`);
  // Without the name of the database: the file is attached under another one.
  await run('USE next');
  await run(
    `CREATE VIEW record AS SELECT * EXCLUDE (row_id), ${[...virtual, 'row_id AS rowid'].join(', ')} FROM ${fields}`,
  );
  await run('USE memory');
}

/** Writes the records of a run. */
function recordsSql(
  { current, types, estate }: RecordsInput,
  large: ReadonlySet<string>,
  one: Run,
  offsets: readonly number[],
): string {
  const logged = [
    stagedRecords(types, large, stagedIn(one, offsets)),
    ...(current === undefined ? [] : [keptRecords(types, current, keptIn(one, offsets))]),
  ];
  const bits = ['coalesce(s.bits, 0)', 'coalesce(l.bits, 0)', ...marksOf(estate, 'record')];
  return `INSERT INTO next.logged
    WITH logged AS (${logged.join(' UNION ALL ')}),
    placed AS (SELECT * EXCLUDE (offset_us) REPLACE (time + to_microseconds(offset_us) AS time), time AS logged_time FROM logged)
    SELECT ${loggedColumns(types)
      .map(([name]) => `r.${sqlName(name)}`)
      .join(', ')}, r.logged_time, (${bits.join(' | ')})::INTEGER AS flag_bits
    FROM placed r LEFT JOIN ${WORKSHOP}.statement_bits s ON s.statement_id = r.statement_id
    LEFT JOIN ${WORKSHOP}.list_bits l ON l.list_set = r.list_set
    WHERE ${inRun(one)}
    ORDER BY r.time NULLS LAST, r.exhibit, r.ordinal`;
}

function stagedRecords(types: ColumnTypes, large: ReadonlySet<string>, condition: string): string {
  const columns = [
    'b.exhibit AS exhibit',
    'r.ordinal AS ordinal',
    ...NUMBER_COLUMNS.map((field) => `${stagedNumber(field)} AS ${sqlName(field.name)}`),
    ...TEXT_NAMES.map((name) => `${types.has(name) ? lookedUp(large, name) : NOTHING} AS ${sqlName(name)}`),
    'k.list_set AS list_set',
    'b.offset_us AS offset_us',
  ];
  const joins = [...large].map((name) => {
    const alias = largeAlias(name);
    return `LEFT JOIN (${largeValues(types, name, condition)}) ${alias} ON ${alias}.slot = r.slot AND ${alias}.code = r.${sqlName(name)}`;
  });
  const lists = LIST_COLUMNS.map(({ name }) => `k.${name} = r.${name}`);
  return `SELECT ${columns.join(', ')}
    FROM stage.main.stage_record r JOIN ${WORKSHOP}.base b ON b.slot = r.slot
    LEFT JOIN ${WORKSHOP}.statement m ON m.slot = r.slot AND m.id = r.statement_id
    LEFT JOIN ${WORKSHOP}.list_set k ON k.slot = r.slot AND ${lists.join(' AND ')}
    ${joins.join(' ')}
    CROSS JOIN ${WORKSHOP}.lookup v
    WHERE ${condition}`;
}

function keptRecords(types: ColumnTypes, current: string, condition: string): string {
  const columns = [
    `CAST(CAST(r.exhibit AS VARCHAR) AS ${EXHIBIT_TYPE}) AS exhibit`,
    'r.ordinal AS ordinal',
    ...NUMBER_COLUMNS.map((field) =>
      field.type === 'timestamp' ? 'r.logged_time AS time' : `r.${sqlName(field.name)}`,
    ),
    ...TEXT_NAMES.map((name) => {
      const type = types.get(name);
      const value = type === undefined ? NOTHING : `CAST(CAST(r.${sqlName(name)} AS VARCHAR) AS ${type})`;
      return `${value} AS ${sqlName(name)}`;
    }),
    'r.list_set',
    'coalesce(o.offset_us, 0) AS offset_us',
  ];
  return `SELECT ${columns.join(', ')} FROM ${current}.record r
    LEFT JOIN ${WORKSHOP}.offset o ON o.exhibit = CAST(r.exhibit AS VARCHAR)
    WHERE CAST(r.exhibit AS VARCHAR) NOT IN (SELECT exhibit FROM ${WORKSHOP}.replaced) AND ${condition}`;
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

function lookedUp(large: ReadonlySet<string>, name: string): string {
  const column = sqlName(name);
  return large.has(name) ? `${largeAlias(name)}.value` : `v.${column}[b.${column} + r.${column}]`;
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
