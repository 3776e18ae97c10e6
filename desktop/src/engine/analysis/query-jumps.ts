import type { Gap } from '../../host/timeline.ts';
import type { Published } from './analysis.ts';
import { benignCauses, type ServerEvent } from './server-events.ts';

/** A jump is reported from this many unseen statements, and from this many times the usual jump of the same log. */
const LEAST_MISSING = 100;
const TIMES_USUAL = 20;

/** One stretch in which server_audit was off, to which a jump may belong. */
interface Stretch {
  readonly source: string;
  readonly from: number;
  readonly to: number;
}

/**
 * MariaDB numbers every statement of the server, recorded or not, so that small jumps are normal where users or events
 * are filtered out. What stands far above the usual jump of the same log is a hole: so many statements ran unseen.
 * Jumps across a stretch in which auditing was off are told there (`unseenIn`), not twice.
 */
export async function queryJumps(
  published: Published,
  events: readonly ServerEvent[],
  off: readonly Stretch[],
  signal?: AbortSignal,
): Promise<readonly Gap[]> {
  const rows = await published.database.all(
    'scan',
    `SELECT j.source, j.missing, j.before_seq, j.after_seq, u.usual,
       epoch_us(b.time) AS from_time, epoch_us(a.time) AS to_time,
       b.exhibit || ':' || b.ordinal AS before_event, a.exhibit || ':' || a.ordinal AS after_event
     FROM memory.main.query_jump j
     JOIN (SELECT source, quantile_cont(missing, 0.99) AS usual FROM memory.main.query_jump GROUP BY source) u USING (source)
     JOIN ${published.schema}.record a ON a.rowid = j.after_rid
     JOIN ${published.schema}.record b ON b.rowid = j.before_rid
     WHERE j.missing >= ${LEAST_MISSING}
       AND (j.missing >= ${TIMES_USUAL} * u.usual OR (SELECT count(*) FROM memory.main.query_jump o WHERE o.source = j.source) < 100)
     ORDER BY a.rowid LIMIT 500`,
    [],
    signal,
  );
  const gaps = rows.map((row, index): Gap => {
    const [from, to, source] = [Number(row.from_time), Number(row.to_time), String(row.source)];
    return {
      id: `queries-${index}-${String(row.after_event)}`,
      kind: 'hole',
      source,
      from,
      to,
      missing: Number(row.missing),
      before: String(row.before_event),
      after: String(row.after_event),
      what: `${Number(row.missing)} statements ran without a record here: the server’s query id goes from ${Number(row.before_seq)} to ${Number(row.after_seq)}; in the rest of this log a jump is at most ${Math.ceil(Number(row.usual))} in 99 of 100 cases.`,
      benign: [
        'users or events that the audit leaves out by its settings also use up query ids',
        ...benignCauses(events, source, from, to),
      ],
    };
  });
  return gaps.filter((gap) => !off.some((stretch) => overlaps(stretch, gap)));
}

/** How many statements ran in a stretch in which auditing was off, by the query ids on both sides; undefined if unknown. */
export async function unseenIn(
  published: Published,
  stretch: Stretch,
  signal?: AbortSignal,
): Promise<number | undefined> {
  const [row] = await published.database.all(
    'scan',
    `SELECT sum(j.missing) AS missing FROM memory.main.query_jump j
     JOIN ${published.schema}.record a ON a.rowid = j.after_rid
     JOIN ${published.schema}.record b ON b.rowid = j.before_rid
     WHERE j.source = $1 AND epoch_us(b.time) <= $3 AND epoch_us(a.time) >= $2 AND j.missing >= 1
       AND epoch_us(b.time) >= $2 - 1000000`,
    [stretch.source, BigInt(stretch.from), BigInt(stretch.to)],
    signal,
  );
  return row?.missing === null || row?.missing === undefined ? undefined : Number(row.missing);
}

function overlaps(stretch: Stretch, gap: Gap): boolean {
  return stretch.source === gap.source && gap.from <= stretch.to && gap.to >= stretch.from;
}
