import type { Estate } from '@dbwitness/shared/estate/estate.ts';
import type { Database } from '../db/database.ts';
import { createTypes, writeVocabulary } from './column-types.ts';
import { flagsOf } from './flag-bits.ts';
import { writeListSets } from './list-sets.ts';
import { writeRecords } from './records.ts';
import { createStageTables } from './stage.ts';
import { allDone, clearWorkshop, type RunSql, runOn, WORKSHOP } from './workshop.ts';

/** A part of an exhibit whose records stand in the stage, under the number that it got: see `Stage.slotsOf`. */
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
  /** About how many records are put in order at a time; `RUN_ROWS` when it is not told. */
  readonly runRows?: number;
}

/**
 * Writes `next.record`, `next.statement`, `next.list_set`, `next.flag_set`, `next.vocabulary`, `next.rollup` and
 * `next.exhibit_offset` from the stage and the current events, the records ordered by (time, exhibit, ordinal), so that
 * rowid order is time order. `next` is an empty attached file.
 */
export async function publishTables(database: Database, input: PublishInput): Promise<void> {
  const { staged, offsets, replaced, estate, runRows } = input;
  const run = runOn(database, 'import');
  const beside = runOn(database, 'publish');
  const current = await unlessEmpty(database, input.current);
  await createStageTables(database);
  await clearWorkshop(run);
  try {
    await run(`CREATE SCHEMA ${WORKSHOP}`);
    await writeSlots(run, staged, offsets, replaced);
    const described = async () => {
      await writeStatements(run, current);
      await writeListSets(run, current);
    };
    const [types] = await allDone([createTypes(database, beside, current), described()]);
    await writeRecords(database, run, { current, types, offsets, estate, runRows });
    const counted = async () => {
      await writeVocabulary(beside, types);
      await writeFlagSets(beside);
      await beside(`CREATE TABLE next.exhibit_offset AS SELECT exhibit, offset_us FROM ${WORKSHOP}.offset`);
    };
    await allDone([writeRollup(run), counted()]);
  } finally {
    await clearWorkshop(run);
  }
}

/** The current events where there are any: a new case has none, and nothing of them is then asked for each column. */
async function unlessEmpty(database: Database, current: string | undefined): Promise<string | undefined> {
  if (current === undefined) return undefined;
  const found = await database.rows('import', `SELECT 1 FROM ${current}.record LIMIT 1`);
  return found.length === 0 ? undefined : current;
}

async function writeSlots(
  run: RunSql,
  staged: readonly StagedExhibit[],
  offsets: ReadonlyMap<string, number>,
  replaced: readonly string[],
): Promise<void> {
  await run(`CREATE TABLE ${WORKSHOP}.slot (slot INTEGER, exhibit VARCHAR, place INTEGER)`);
  const places = new Map<string, number>();
  for (const { slot, exhibit } of staged) {
    const place = places.get(exhibit) ?? places.size;
    places.set(exhibit, place);
    await run(`INSERT INTO ${WORKSHOP}.slot VALUES ($1, $2, $3)`, [slot, exhibit, place]);
  }
  await run(`CREATE TABLE ${WORKSHOP}.offset (exhibit VARCHAR, offset_us BIGINT)`);
  for (const [exhibit, offset] of offsets)
    await run(`INSERT INTO ${WORKSHOP}.offset VALUES ($1, $2::DOUBLE::BIGINT)`, [exhibit, offset]);
  await run(`CREATE TABLE ${WORKSHOP}.replaced (exhibit VARCHAR)`);
  for (const exhibit of replaced) await run(`INSERT INTO ${WORKSHOP}.replaced VALUES ($1)`, [exhibit]);
}

const STATEMENT_COLUMNS =
  'text, fingerprint, class, action, objects, columns, flags, statements, parser, confidence, dialect, truncated';

/** Distinct texts once, old ones under their old numbers, and the map from the stage's numbers to them. */
async function writeStatements(run: RunSql, current: string | undefined): Promise<void> {
  await run(`CREATE TABLE next.statement (statement_id BIGINT, text VARCHAR, fingerprint VARCHAR, class VARCHAR, action VARCHAR,
    objects STRUCT(type VARCHAR, name VARCHAR, access VARCHAR)[], columns VARCHAR[], flags VARCHAR[], statements INTEGER,
    parser VARCHAR, confidence VARCHAR, dialect VARCHAR, truncated BOOLEAN)`);
  if (current !== undefined)
    await run(
      `INSERT INTO next.statement SELECT statement_id, ${STATEMENT_COLUMNS} FROM ${current}.statement ORDER BY statement_id`,
    );
  const [former, unknown] =
    current === undefined
      ? ['0', 'true']
      : [
          '(SELECT coalesce(max(statement_id), 0) FROM next.statement)',
          `NOT EXISTS (SELECT 1 FROM next.statement known
            WHERE known.text = staged.text AND known.dialect = staged.dialect AND known.truncated = staged.truncated)`,
        ];
  // The numbers follow the first appearance, so that the same files in the same order give the same numbers.
  // What a text tells is the same wherever it stands: it is taken from one row, which costs less than to carry it along.
  await run(`INSERT INTO next.statement
    SELECT ${former} + number, ${STATEMENT_COLUMNS}
    FROM (SELECT row_number() OVER (ORDER BY min(place::BIGINT * 4294967296 + first_ordinal)) AS number, min(staged.rowid) AS row
      FROM stage.main.stage_statement staged JOIN ${WORKSHOP}.slot USING (slot)
      WHERE ${unknown}
      GROUP BY text, dialect, truncated) found
    JOIN stage.main.stage_statement fresh ON fresh.rowid = found.row
    ORDER BY number`);
  await run(`CREATE TABLE ${WORKSHOP}.statement AS
    SELECT staged.slot, staged.id, known.statement_id
    FROM stage.main.stage_statement staged JOIN next.statement known USING (text, dialect, truncated)`);
}

/** The few combinations of flags that occur, as lists: what `flag_bits` stands for. */
async function writeFlagSets(run: RunSql): Promise<void> {
  await run(`CREATE TABLE next.flag_set AS SELECT flag_bits, ${flagsOf('flag_bits')} AS flags
    FROM (SELECT DISTINCT flag_bits FROM next.record WHERE flag_bits <> 0) ORDER BY flag_bits`);
}

/** Events of every ten seconds by class and result: what the timeline shows without a filter. */
async function writeRollup(run: RunSql): Promise<void> {
  await run(`CREATE TABLE next.rollup AS
    SELECT time_bucket(INTERVAL 10 SECONDS, time) AS bucket, class, result, count(*)::BIGINT AS events
    FROM next.record WHERE time IS NOT NULL GROUP BY ALL ORDER BY ALL`);
}
