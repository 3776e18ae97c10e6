import type { Filter } from '../../host/filter.ts';
import type { SessionFilter, SessionSummary } from '../../host/sessions.ts';
import type { Stretch } from './viewport.ts';

export const SESSION_ROWS = 3;
/** As many of each kind as the rows could well hold: what they cannot show is counted. */
export const SESSIONS_ASKED = 120;

export interface SessionBar {
  readonly session: SessionSummary;
  readonly left: number;
  readonly width: number;
  readonly row: number;
}

const NARROWEST = 3;
const BETWEEN = 2;

/**
 * Sessions as bars in a few rows, in the order they come: those that find no free place are left out, so the most telling
 * must come first.
 */
export function packSessions(
  sessions: readonly SessionSummary[],
  x: (time: number) => number,
  width: number,
): readonly SessionBar[] {
  const rows: SessionBar[][] = Array.from({ length: SESSION_ROWS }, () => []);
  for (const session of sessions) {
    if (x(session.to) < 0 || x(session.from) > width) continue;
    const left = Math.max(0, x(session.from));
    const right = Math.min(width, Math.max(left + NARROWEST, x(session.to)));
    const row = rows.findIndex((bars) =>
      bars.every((bar) => right + BETWEEN <= bar.left || left >= bar.left + bar.width + BETWEEN),
    );
    rows[row]?.push({ session, left, width: Math.max(NARROWEST, right - left), row });
  }
  return rows.flat();
}

/** The sessions of a filter and a stretch of time that say most: with findings, or the longest. One user filtered for is one user's. */
export function sessionsOf(
  filter: Filter,
  { from, to }: Stretch,
  most: 'findings' | 'length',
): SessionFilter {
  const only = (field: string) => {
    const clause = filter.clauses.find((one) => one.field === field && one.operator === 'is' && !one.negated);
    return clause?.values.length === 1 ? clause.values[0] : undefined;
  };
  const [user, database, client] = [only('user'), only('database'), only('client_ip')];
  return {
    from,
    to,
    ...(user === undefined ? {} : { user }),
    ...(database === undefined ? {} : { database }),
    ...(client === undefined ? {} : { client }),
    only: most === 'findings' ? 'with findings' : 'all',
    sort: most,
  };
}
