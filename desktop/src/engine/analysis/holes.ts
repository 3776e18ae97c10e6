import type { Gap } from '../../host/timeline.ts';
import type { Row } from '../db/database.ts';
import type { Published } from './analysis.ts';
import { benignCauses, type ServerEvent } from './server-events.ts';

/** Most holes that are listed one by one; beyond, a case has a different problem, and the count says so. */
const MAX_LISTED = 2000;

/**
 * Holes that the sources' own counters prove: what is missing, between which records, and what on record would explain it.
 * A counter proves the loss of a record, never that everything that happened was recorded.
 */
export async function countedHoles(
  published: Published,
  events: readonly ServerEvent[],
  signal?: AbortSignal,
): Promise<readonly Gap[]> {
  const gaps: Gap[] = [];
  for (const { table, unit, counter } of COUNTERS) {
    const rows = await published.database.all('scan', holeRowsSql(published.schema, table), [], signal);
    for (const row of rows) gaps.push(holeGap(row, unit, counter, events, gaps.length));
  }
  return gaps;
}

const COUNTERS = [
  { table: 'line_hole', unit: 'log line', counter: 'line number of the session' },
  { table: 'statement_hole', unit: 'audited statement', counter: 'pgAudit statement id' },
] as const;

function holeRowsSql(schema: string, table: string): string {
  return `
    SELECT h.source, h.session, h.ordinal, h.before_seq, h.after_seq,
      epoch_us(coalesce(b.time, s.first_time_stamp, a.time)) AS from_time, epoch_us(a.time) AS to_time,
      CASE WHEN b.exhibit IS NULL THEN NULL ELSE b.exhibit || ':' || b.ordinal END AS before_event,
      a.exhibit || ':' || a.ordinal AS after_event, epoch_us(o.first) AS source_first
    FROM memory.main.${table} h
    JOIN ${schema}.record a ON a.rowid = h.after_rid
    LEFT JOIN ${schema}.record b ON b.rowid = h.before_rid
    LEFT JOIN (SELECT source, format, session, ordinal, make_timestamp(first_time) AS first_time_stamp FROM memory.main.session) s
      ON s.source = h.source AND s.format = h.format AND s.session = h.session AND s.ordinal = h.ordinal
    LEFT JOIN (SELECT x.source, min(r.time) AS first FROM ${schema}.record r
      JOIN memory.main.analysis_source x ON x.exhibit = r.exhibit GROUP BY ALL) o ON o.source = h.source
    ORDER BY a.rowid, h.session LIMIT ${MAX_LISTED}`;
}

function holeGap(
  row: Row,
  unit: string,
  counter: string,
  events: readonly ServerEvent[],
  index: number,
): Gap {
  const source = String(row.source);
  const [before, after] = [Number(row.before_seq), Number(row.after_seq)];
  const [from, to] = [Number(row.from_time), Number(row.to_time)];
  const missing = after - before - 1;
  const atStart = row.before_event === null;
  // A session that was there before the export begins has its first lines in an older file.
  const outside = atStart && Number(row.ordinal) === 0;
  const benign = outside ? [whyOutside(events, source, to)] : benignCauses(events, source, from, to);
  return {
    id: `hole-${index}-${String(row.after_event)}`,
    kind: outside ? 'outside_export' : benign.length > 0 ? 'hole_benign' : 'hole',
    source,
    session: String(row.session),
    from,
    to,
    missing,
    ...(atStart ? {} : { before: String(row.before_event) }),
    after: String(row.after_event),
    what: `${missing} ${unit}${missing === 1 ? '' : 's'} of session ${String(row.session)} ${missing === 1 ? 'is' : 'are'} missing: the ${counter} goes from ${before} to ${after}.`,
    benign,
  };
}

/** A server's first lines are written before its log collector runs (FORMATS 1): they go to its standard error alone. */
const START_REACH = 10_000_000;

function whyOutside(events: readonly ServerEvent[], source: string, at: number): string {
  const starting = events.some(
    (event) => event.source === source && event.kind === 'start' && Math.abs(event.time - at) <= START_REACH,
  );
  return starting
    ? 'the server was just starting: its first lines go to its standard error, before the log collector runs'
    : 'the session began before this record does: its first lines stand in an earlier log';
}
