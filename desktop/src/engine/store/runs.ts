import type { Database } from '../db/database.ts';
import { EXHIBIT_TYPE } from './column-types.ts';

/**
 * Records that are put in order and written at a time. A run is sorted in memory, so that what publishing needs follows
 * this and not the length of the logs. A multiple of DuckDB's row group.
 */
export const RUN_ROWS = 4 * 122_880;
/** Records looked at for each run to find where it ends. */
const LOOKED_AT = 512;

/** Where a run begins in the order of records: time (µs UTC; undefined: after all times), exhibit, ordinal. */
export interface Cut {
  readonly time: bigint | undefined;
  readonly exhibit: string;
  readonly ordinal: number;
}

/** A stretch of the order of records: from a cut up to the next. */
export interface Run {
  readonly from: Cut | undefined;
  readonly to: Cut | undefined;
}

/**
 * Cuts the order of records into runs of about `rows`. `places` is a relation of every record's `time`, `exhibit` and
 * `ordinal` with its `number` in the table that it stands in; every so many are looked at, which costs little and is exact
 * enough, since the runs tile the order wherever they are cut.
 */
export async function cutIntoRuns(database: Database, places: string, rows: number): Promise<readonly Run[]> {
  const step = Math.max(1, Math.floor(rows / LOOKED_AT));
  const cuts = await database.rows(
    'import',
    `SELECT CAST(epoch_us(time) AS VARCHAR), CAST(exhibit AS VARCHAR), ordinal::DOUBLE
      FROM (SELECT *, row_number() OVER (ORDER BY time NULLS LAST, exhibit, ordinal) AS place
        FROM (${places}) WHERE number % ${step} = 0)
      WHERE place % ${Math.ceil(rows / step)} = 0 ORDER BY place`,
  );
  const from = cuts.map(
    ([time, exhibit, ordinal]): Cut => ({
      time: typeof time === 'string' ? BigInt(time) : undefined,
      exhibit: String(exhibit),
      ordinal: Number(ordinal),
    }),
  );
  return [undefined, ...from].map((cut, index) => ({ from: cut, to: from[index] }));
}

/** Whether a record `r` lies in a run, exactly. */
export function inRun({ from, to }: Run): string {
  const after = (cut: Cut): string => {
    const exhibit = `CAST('${cut.exhibit}' AS ${EXHIBIT_TYPE})`;
    const later = `(r.exhibit > ${exhibit} OR (r.exhibit = ${exhibit} AND r.ordinal >= ${cut.ordinal}))`;
    if (cut.time === undefined) return `(r.time IS NULL AND ${later})`;
    const time = `make_timestamp(${cut.time})`;
    return `(r.time IS NULL OR r.time > ${time} OR (r.time = ${time} AND ${later}))`;
  };
  const conditions = [...(from ? [after(from)] : []), ...(to ? [`NOT ${after(to)}`] : [])];
  return conditions.length === 0 ? 'true' : conditions.join(' AND ');
}

/**
 * The times as logged, µs, that records of a run can have under these clock offsets: what a table is read by, so that the
 * rest of it is passed over. `untimed`: records without a time may be among them.
 */
export function loggedIn(
  { from, to }: Run,
  offsets: readonly number[],
): {
  readonly first: bigint | undefined;
  readonly last: bigint | undefined;
  readonly timed: boolean;
  readonly untimed: boolean;
} {
  const least = BigInt(Math.min(0, ...offsets));
  const most = BigInt(Math.max(0, ...offsets));
  return {
    first: from?.time === undefined ? undefined : from.time - most,
    last: to?.time === undefined ? undefined : to.time - least,
    timed: from === undefined || from.time !== undefined,
    untimed: to === undefined || to.time === undefined,
  };
}
