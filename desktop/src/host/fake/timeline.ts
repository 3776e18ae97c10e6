import type { Filter } from '../filter.ts';
import type { Facet, Gap, Histogram, SourceSpan } from '../timeline.ts';
import { BUCKETS, type FakeRows, FIRST_TIME, LAST_TIME, SILENT } from './rows.ts';

const BUCKET = 600_000_000;
const HOUR = 6 * BUCKET;

/** Exact counts of the rows that the filter leaves, in `bins` equal bins over its range (or over everything). */
export async function histogram(
  rows: FakeRows,
  filter: Filter,
  bins: number,
  split: string,
  signal?: AbortSignal,
): Promise<Histogram> {
  const from = filter.from ?? FIRST_TIME;
  const to = filter.to ?? LAST_TIME;
  const found = await rows.find({ ...filter, from, to }, signal);
  const width = Math.max(1, Math.ceil((to - from) / bins));
  const series = new Map<string, number[]>();
  let total = 0;
  for (const i of found ?? []) {
    const value = rows.field(i, split);
    const key = typeof value === 'string' ? value : '(none)';
    let counts = series.get(key);
    if (counts === undefined) {
      counts = new Array<number>(bins).fill(0);
      series.set(key, counts);
    }
    const bin = Math.min(bins - 1, Math.floor((rows.timeAt(i) - from) / width));
    counts[bin] = (counts[bin] ?? 0) + 1;
    total++;
  }
  const keys = [...series.keys()].sort();
  return {
    from,
    to: from + width * bins,
    bin: width,
    keys,
    series: keys.map((key) => series.get(key) ?? []),
    total,
    unplaced: 3,
  };
}

export async function facets(
  rows: FakeRows,
  filter: Filter,
  fields: readonly string[],
  limit: number,
  signal?: AbortSignal,
): Promise<readonly Facet[]> {
  const found =
    (await rows.find(filter, signal)) ?? (await rows.find({ ...filter, from: FIRST_TIME }, signal)) ?? [];
  return fields.map((field) => {
    const counts = new Map<string, number>();
    let absent = 0;
    for (const i of found) {
      const value = rows.field(i, field);
      if (value === undefined) absent++;
      else
        for (const one of Array.isArray(value) ? value : [value]) counts.set(one, (counts.get(one) ?? 0) + 1);
    }
    const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    return {
      field,
      values: sorted.slice(0, limit).map(([value, count]) => ({ value, count })),
      others: sorted.slice(limit).reduce((sum, [, count]) => sum + count, 0),
      absent,
    };
  });
}

export function sources(rows: FakeRows): readonly SourceSpan[] {
  const pg = Math.round(rows.count * 0.667);
  return [
    {
      source: 'pg-prod-1',
      product: 'postgresql',
      exhibits: ['E001', 'E002'],
      from: FIRST_TIME,
      to: LAST_TIME,
      events: pg,
      offsetMs: 0,
      continuity: 'holes',
    },
    {
      source: 'maria-crm',
      product: 'mariadb',
      exhibits: ['E003'],
      from: FIRST_TIME + 3 * HOUR,
      to: LAST_TIME - 5 * HOUR,
      events: rows.count - pg,
      offsetMs: -1480,
      continuity: 'no field',
    },
  ];
}

export function gaps(rows: FakeRows): readonly Gap[] {
  const at = (bucket: number) => FIRST_TIME + bucket * BUCKET;
  const hole = rows.rowFrom(at(170));
  return [
    {
      id: 'G1',
      kind: 'not_recorded',
      source: 'pg-prod-1',
      from: at(SILENT.from),
      to: at(SILENT.to),
      before: rows.idOf(Math.max(0, rows.rowFrom(at(SILENT.from)) - 1)),
      after: rows.idOf(Math.min(rows.count - 1, rows.rowFrom(at(SILENT.to)))),
      what: "pgAudit was switched off by dba_shared (ALTER SYSTEM SET pgaudit.log = 'none') and on again 90 minutes later. What ran in between was not recorded.",
      benign: [],
      setting: 'pgaudit.log = none',
    },
    {
      id: 'G2',
      kind: 'hole',
      source: 'pg-prod-1',
      session: '65e2a0b4.fa4',
      from: at(170),
      to: at(172),
      missing: 14,
      before: rows.idOf(hole),
      after: rows.idOf(Math.min(rows.count - 1, hole + 40)),
      what: 'Session 65e2a0b4.fa4 goes from record 41 to record 56: 14 records are missing.',
      benign: [],
    },
    {
      id: 'G3',
      kind: 'hole_benign',
      source: 'pg-prod-1',
      from: at(228),
      to: at(230),
      missing: 2,
      what: 'Two session records are missing across a server restart.',
      benign: ['The server restarted at 2026-03-03 19:02:11 UTC and wrote “database system was shut down”.'],
    },
    {
      id: 'G4',
      kind: 'narrowed',
      source: 'pg-prod-1',
      from: at(396),
      to: at(BUCKETS),
      what: "From here pgAudit recorded only 'ddl, role': reads and writes are not in the log.",
      benign: [],
      setting: "pgaudit.log = 'ddl, role'",
    },
    {
      id: 'G5',
      kind: 'no_continuity_field',
      source: 'maria-crm',
      from: at(18),
      to: at(BUCKETS - 30),
      what: 'server_audit numbers queries of the whole server, so a missing record would not show.',
      benign: [],
    },
    {
      id: 'G6',
      kind: 'outside_export',
      source: 'maria-crm',
      from: at(0),
      to: at(18),
      what: 'The export of maria-crm begins three hours later.',
      benign: [],
    },
    {
      id: 'G7',
      kind: 'outside_export',
      source: 'maria-crm',
      from: at(BUCKETS - 30),
      to: at(BUCKETS),
      what: 'The export of maria-crm ends five hours earlier.',
      benign: [],
    },
  ];
}
