import { fieldNamed } from '@dbwitness/shared/events/fields.ts';
import type { Filter } from '../../host/filter.ts';
import type { Histogram } from '../../host/timeline.ts';
import type { CaseStore } from '../case/case-store.ts';
import { sqlName } from '../db/database.ts';
import { EngineError } from '../engine-error.ts';
import { EVENTS } from '../store/event-file.ts';
import { type EventSets, timeOnly } from './event-sets.ts';
import { filterCondition, isTimeRange } from './filter-sql.ts';
import type { RowTable } from './row-tables.ts';

/** Width of the buckets of the rollup, µs. */
const BUCKET = 10_000_000;
/** Fields that the rollup holds. */
const ROLLED_UP = new Set(['class', 'result']);
/** More keys than a legend shows: the rest counts together. */
const MAX_KEYS = 24;
/** A year beyond these is no time of a log: such events have their own lane, and must not stretch the axis. */
const EARLIEST = Date.UTC(1995, 0) * 1000;
const LATEST = Date.UTC(2100, 0) * 1000;

/** Events per bin and value of `split`, exact. From the rollup where its buckets fit the bins. */
export async function histogram(
  store: CaseStore,
  sets: EventSets,
  filter: Filter,
  bins: number,
  split: string,
  signal?: AbortSignal,
): Promise<Histogram> {
  const field = fieldNamed(split);
  if (field === undefined || field.home !== 'record' || field.type !== 'text')
    throw new EngineError('histogram/unknown-field', `The timeline cannot be split by “${split}”.`);
  const { database, extent } = store;
  const lower = filter.from ?? Math.max(extent.from ?? 0, EARLIEST);
  const upper = filter.to ?? Math.min((extent.to ?? 0) + 1, LATEST);
  const rollable = isTimeRange(filter) && ROLLED_UP.has(split);
  const coarse = (upper - lower) / bins >= BUCKET * 2;
  const useRollup = rollable && coarse;
  // Bins of whole buckets, beginning on one: then the sums of the rollup are exact, not rounded at the edges.
  const bin = useRollup
    ? Math.ceil((upper - lower) / bins / BUCKET) * BUCKET
    : Math.max(1, Math.ceil((upper - lower) / bins));
  const from = useRollup ? Math.floor(lower / BUCKET) * BUCKET : lower;
  const to = from + bin * bins;
  const name = sqlName(split);
  const placed: Filter = { ...filter, from, to: useRollup ? Math.max(to, upper) : upper };
  // A set holds the class beside the time: it is counted without looking at the records.
  const made = await sets.forOne(filter, signal);
  const set = split === 'class' ? made : undefined;
  const { sql, params } = set === undefined ? sets.from(made, placed) : filterCondition(timeOnly(placed));
  const table = useRollup
    ? `(SELECT bucket AS time, class, result, events FROM ${EVENTS}.rollup)`
    : (set?.name ?? `${EVENTS}.record`);
  const rows = await database.rows(
    'timeline',
    `SELECT bin, coalesce(CAST(code AS VARCHAR), '') AS key, n::DOUBLE AS n
     FROM (SELECT (epoch_us(r.time) - ?::DOUBLE::BIGINT) // ?::DOUBLE::BIGINT AS bin, r.${name} AS code,
         ${useRollup ? 'sum(r.events)' : 'count(*)'} AS n
       FROM ${table} r WHERE ${sql} GROUP BY ALL)`,
    [from, bin, ...params],
    signal,
  );
  const counted = rows.map(([at, key, n]) => ({ bin: Number(at), key: String(key), n: Number(n) }));
  const totals = new Map<string, number>();
  for (const { key, n } of counted) totals.set(key, (totals.get(key) ?? 0) + n);
  const keys = [...totals.entries()]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([key]) => key);
  const named = keys.slice(0, MAX_KEYS);
  const index = new Map(keys.map((key, i) => [key, Math.min(i, MAX_KEYS)]));
  const series = Array.from({ length: Math.min(keys.length, MAX_KEYS + 1) }, () =>
    new Array<number>(bins).fill(0),
  );
  let total = 0;
  for (const { bin: at, key, n } of counted) {
    const counts = series[index.get(key) ?? 0];
    if (counts === undefined || at < 0 || at >= bins) continue;
    counts[at] = (counts[at] ?? 0) + n;
    total += n;
  }
  return {
    from,
    to,
    bin,
    keys: [
      ...named.map((key) => (key === '' ? '(none)' : key)),
      ...(keys.length > MAX_KEYS ? ['(others)'] : []),
    ],
    series,
    total,
    unplaced: await unplaced(store, sets, made, filter, signal),
  };
}

/** Events without a time, or with one that no log has, that meet the rest of the filter. */
async function unplaced(
  { database, extent }: CaseStore,
  sets: EventSets,
  made: RowTable | undefined,
  filter: Filter,
  signal?: AbortSignal,
): Promise<number> {
  const { timed, events, from = EARLIEST, to = EARLIEST } = extent;
  if (timed === events && from >= EARLIEST && to < LATEST) return 0;
  const { from: _, to: __, ...rest } = filter;
  const { sql, params } = sets.from(made, rest);
  const [row] = await database.all(
    'timeline',
    `SELECT count(*)::DOUBLE AS n FROM ${EVENTS}.record r
     WHERE (r.time IS NULL OR r.time < make_timestamp(${EARLIEST}) OR r.time >= make_timestamp(${LATEST})) AND ${sql}`,
    params,
    signal,
  );
  return Number(row?.n ?? 0);
}
