import type { CallOptions } from '../../host/request.ts';
import type { Gap, SourceSpan } from '../../host/timeline.ts';
import type { Published } from './analysis.ts';
import { countedHoles } from './holes.ts';
import { queryJumps, unseenIn } from './query-jumps.ts';
import { resumptions } from './resumptions.ts';
import { serverEvents } from './server-events.ts';
import { settingChanges } from './setting-changes.ts';
import { unrecordedStretches } from './unrecorded.ts';

/** First and last record of a source, µs UTC. */
export interface Extent {
  readonly source: string;
  readonly events: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Every stretch about which the record of the case says less than everything, in order of time: stretches that were not
 * recorded, holes, sources without a continuity field, and the time a source does not reach. Needs `analyse` first.
 */
export async function findGaps(
  published: Published,
  { signal, onProgress }: CallOptions = {},
): Promise<readonly Gap[]> {
  const step = (done: number) => onProgress?.({ phase: 'Looking for gaps', done, total: 4, unit: 'steps' });
  step(0);
  const extents = await sourceExtents(published, signal);
  const events = await serverEvents(published, signal);
  const ends = new Map(extents.map(({ source, to }) => [source, to]));
  const changes = await settingChanges(published, signal);
  step(1);
  const unrecorded = unrecordedStretches(
    changes,
    ends,
    await resumptions(published, changes, events, signal),
  );
  step(2);
  const off = unrecorded.filter((gap) => gap.kind === 'not_recorded');
  const gaps: Gap[] = [];
  for (const gap of unrecorded) gaps.push(off.includes(gap) ? await withUnseen(published, gap, signal) : gap);
  step(3);
  gaps.push(...(await countedHoles(published, events, signal)));
  gaps.push(...(await queryJumps(published, events, off, signal)));
  const cut = await brokenOff(published, extents, signal);
  const reaches = (gap: Gap) => !cut.some(({ source, from }) => source === gap.source && from === gap.from);
  gaps.push(...silentSources(published, extents), ...cut, ...outsideExport(extents).filter(reaches));
  return gaps.sort((a, b) => a.from - b.from || a.to - b.to || (a.id < b.id ? -1 : 1));
}

async function withUnseen(published: Published, gap: Gap, signal?: AbortSignal): Promise<Gap> {
  const counted = published.exhibits.some(
    ({ source, continuity }) => source === gap.source && continuity === 'query id',
  );
  const missing = counted ? await unseenIn(published, gap, signal) : undefined;
  if (missing === undefined) return gap;
  return {
    ...gap,
    missing,
    what: `${gap.what} By the server’s query ids, ${missing} statements ran meanwhile.`,
  };
}

/** First and last record of every source. */
export async function sourceExtents(
  { database, schema }: Published,
  signal?: AbortSignal,
): Promise<readonly Extent[]> {
  const rows = await database.all(
    'scan',
    `SELECT s.source, count(*) AS events, epoch_us(min(r.time)) AS first, epoch_us(max(r.time)) AS last
     FROM ${schema}.record r JOIN memory.main.analysis_source s ON s.exhibit = r.exhibit
     WHERE r.time IS NOT NULL GROUP BY s.source ORDER BY s.source`,
    [],
    signal,
  );
  return rows.map((row) => ({
    source: String(row.source),
    events: Number(row.events),
    from: Number(row.first),
    to: Number(row.last),
  }));
}

/** Sources in which nothing counts: the loss of a record there would not show. */
function silentSources({ exhibits }: Published, extents: readonly Extent[]): Gap[] {
  return extents
    .filter(({ source }) => exhibits.some((one) => one.source === source && one.continuity === 'none'))
    .map(({ source, from, to }) => ({
      id: `uncounted-${source}`,
      kind: 'no_continuity_field',
      source,
      from,
      to,
      what: 'The format of this source numbers nothing: a record that was taken out would leave no trace in it.',
      benign: [],
    }));
}

/** Two sources never begin and end in the same moment: what is shorter than this is not worth a line. */
const LEAST_OUTSIDE = 60_000_000;

/** Where the case goes on but a source has no record any more, or not yet. */
function outsideExport(extents: readonly Extent[]): Gap[] {
  const first = Math.min(...extents.map(({ from }) => from));
  const last = Math.max(...extents.map(({ to }) => to));
  const gap = (source: string, side: 'before' | 'after', from: number, to: number): Gap => ({
    id: `outside-${side}-${source}`,
    kind: 'outside_export',
    source,
    from,
    to,
    what:
      side === 'before'
        ? 'The record of this source begins later than that of others: nothing is known of it here.'
        : 'The record of this source ends earlier than that of others: nothing is known of it here.',
    benign: [],
  });
  return extents.flatMap(({ source, from, to }) => [
    ...(from - first >= LEAST_OUTSIDE ? [gap(source, 'before', first, from)] : []),
    ...(last - to >= LEAST_OUTSIDE ? [gap(source, 'after', to, last)] : []),
  ]);
}

/** From the last record of a file that breaks off to the next one of its source, or to where the case ends. */
async function brokenOff(
  { database, schema, exhibits }: Published,
  extents: readonly Extent[],
  signal?: AbortSignal,
): Promise<readonly Gap[]> {
  const gaps: Gap[] = [];
  const end = Math.max(...extents.map(({ to }) => to));
  for (const { exhibit, source, brokenOff: what } of exhibits) {
    if (what === undefined) continue;
    const [row] = await database.all(
      'scan',
      `WITH cut AS (SELECT max(time) AS last FROM ${schema}.record WHERE exhibit = $1)
       SELECT epoch_us(any_value(last)) AS last, epoch_us(min(r.time)) AS next
       FROM cut LEFT JOIN (
         SELECT time FROM ${schema}.record JOIN memory.main.analysis_source s USING (exhibit) WHERE s.source = $2
       ) r ON r.time > cut.last`,
      [exhibit, source],
      signal,
    );
    if (row?.last == null) continue;
    const to = row.next == null ? end : Number(row.next);
    gaps.push({
      id: `broken-off-${exhibit}`,
      kind: 'outside_export',
      source,
      from: Number(row.last),
      to,
      what,
      benign: [],
    });
  }
  return gaps;
}

/** The sources of the case as the timeline draws them. */
export async function sourceSpans(
  published: Published,
  gaps: readonly Gap[],
  offsetMs: (source: string) => number,
): Promise<readonly SourceSpan[]> {
  const extents = await sourceExtents(published);
  return extents.map((extent): SourceSpan => {
    const members = published.exhibits.filter(({ source }) => source === extent.source);
    const holes = gaps.some(
      (gap) => gap.source === extent.source && (gap.kind === 'hole' || gap.kind === 'hole_benign'),
    );
    return {
      ...extent,
      product: members[0]?.product ?? '',
      exhibits: members.map(({ exhibit }) => exhibit),
      offsetMs: offsetMs(extent.source),
      continuity: members.some(({ continuity }) => continuity === 'none')
        ? 'no field'
        : holes
          ? 'holes'
          : 'proven',
    };
  });
}
