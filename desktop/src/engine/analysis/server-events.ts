import type { Published } from './analysis.ts';

/** Something that the server says of itself and that explains a torn session or a hole. */
export interface ServerEvent {
  readonly source: string;
  /** µs UTC. */
  readonly time: number;
  readonly event: string;
  readonly kind: 'crash' | 'stop' | 'start';
}

const KINDS: Readonly<Record<string, ServerEvent['kind']>> = {
  'SERVER CRASH': 'crash',
  'SERVER REINITIALIZE': 'crash',
  'SERVER RECOVERY': 'crash',
  'SERVER SHUTDOWN': 'stop',
  'SERVER STOP': 'stop',
  'SERVER START': 'start',
  'SERVER READY': 'start',
};

/** Starts, stops and crashes that the logs record, in time order. */
export async function serverEvents(
  { database, schema }: Published,
  signal?: AbortSignal,
): Promise<readonly ServerEvent[]> {
  const actions = Object.keys(KINDS)
    .map((action) => `'${action}'`)
    .join(', ');
  const rows = await database.all(
    'scan',
    `SELECT s.source, epoch_us(r.time) AS time, r.exhibit || ':' || r.ordinal AS event, CAST(r.action AS VARCHAR) AS action
     FROM ${schema}.record r JOIN memory.main.analysis_source s ON s.exhibit = r.exhibit
     WHERE r.action IN (${actions}) AND r.time IS NOT NULL ORDER BY r.rowid`,
    [],
    signal,
  );
  return rows.map((row) => ({
    source: String(row.source),
    time: Number(row.time),
    event: String(row.event),
    kind: KINDS[String(row.action)] ?? 'start',
  }));
}

const SAID: Readonly<Record<ServerEvent['kind'], string>> = {
  crash: 'the server crashed and recovered',
  stop: 'the server was shut down',
  start: 'the server was started',
};

/** Causes on record between two moments of a source, as sentences with the record that says so. */
export function benignCauses(
  events: readonly ServerEvent[],
  source: string,
  from: number,
  to: number,
): readonly string[] {
  return events
    .filter((event) => event.source === source && event.time >= from && event.time <= to)
    .slice(0, 5)
    .map((event) => `${SAID[event.kind]} (${event.event})`);
}
