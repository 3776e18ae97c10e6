import type { SessionDetail, SessionFilter, SessionSummary } from '../sessions.ts';
import { APPLICATIONS, CLIENTS, KINDS, USERS } from './kinds.ts';
import { hash32 } from './random.ts';
import type { FakeRows } from './rows.ts';

export function sessionCount(rows: FakeRows): number {
  return Math.min(rows.sessions, 4000);
}

/** Everything about session number `s`, from its rows. */
export function session(rows: FakeRows, s: number): SessionSummary {
  const own = rows.rowsOf(s);
  const classes: Record<string, number> = {};
  let failures = 0;
  let statements = 0;
  for (const i of own) {
    const kind = rows.kindAt(i) ?? KINDS[0];
    if (kind === undefined) continue;
    classes[kind.class] = (classes[kind.class] ?? 0) + 1;
    if (kind.result === 'failure') failures++;
    if (kind.statement !== undefined) statements++;
  }
  const first = own[0] ?? 0;
  const last = own.at(-1) ?? first;
  const user = rows.userOf(s);
  const torn = hash32(s) % 11;
  const mariadb = s % 3 === 2;
  return {
    id: `${rows.sourceOf(s)}/${rows.field(first, 'session')}/${s}`,
    source: rows.sourceOf(s),
    session: String(rows.field(first, 'session')),
    user: USERS[user] ?? 'unknown',
    database: mariadb ? 'crm' : 'shop',
    client: CLIENTS[user] ?? '',
    application: APPLICATIONS[user] ?? '',
    from: rows.timeAt(first),
    to: rows.timeAt(last),
    events: own.length,
    statements,
    failures,
    classes,
    start: s < 4 ? 'before the record begins' : 'connected',
    end: torn === 3 ? 'client lost' : torn === 7 ? 'not seen' : 'disconnected',
    basis: mariadb
      ? 'connection id between CONNECT and DISCONNECT'
      : 'session id (%c) with line numbers (%l)',
    holes: torn === 5 ? 1 : 0,
    findings: hash32(s + 3) % 17 === 0 ? 1 + (s % 3) : 0,
    ...(torn === 7
      ? {
          uncertain:
            'The server reuses connection ids; the end was not recorded, so a later session may be part of it.',
        }
      : {}),
  };
}

/** The id of the session of an event. */
export function sessionOf(rows: FakeRows, event: string): string | undefined {
  const row = rows.rowOf(event);
  for (let s = 0; row >= 0 && s < sessionCount(rows); s++)
    if (rows.rowsOf(s).includes(row)) return session(rows, s).id;
  return undefined;
}

export function sessionList(rows: FakeRows, filter: SessionFilter): readonly SessionSummary[] {
  const all: SessionSummary[] = [];
  for (let s = 0; s < sessionCount(rows); s++) {
    const one = session(rows, s);
    if (one.events > 0 && keeps(one, filter)) all.push(one);
  }
  const key: (one: SessionSummary) => number = {
    from: (one: SessionSummary) => one.from,
    events: (one: SessionSummary) => -one.events,
    failures: (one: SessionSummary) => -one.failures,
    findings: (one: SessionSummary) => -one.findings,
    length: (one: SessionSummary) => one.from - one.to,
  }[filter.sort];
  return all.sort((a, b) => key(a) - key(b));
}

function keeps(one: SessionSummary, filter: SessionFilter): boolean {
  if (filter.user && one.user !== filter.user) return false;
  if (filter.database && one.database !== filter.database) return false;
  if (filter.client && one.client !== filter.client) return false;
  if (filter.source && one.source !== filter.source) return false;
  if (filter.from !== undefined && one.to < filter.from) return false;
  if (filter.to !== undefined && one.from >= filter.to) return false;
  return {
    all: true,
    'with findings': one.findings > 0,
    'with holes': one.holes > 0,
    'failed logins': one.failures > 0 && (one.classes.authentication ?? 0) > 0,
    torn: one.end !== 'disconnected' || one.start !== 'connected',
  }[filter.only];
}

export function sessionDetail(rows: FakeRows, id: string, limit: number): SessionDetail | undefined {
  const s = Number(id.split('/')[2]);
  if (!Number.isInteger(s) || s < 0 || s >= rows.sessions) return undefined;
  const summary = session(rows, s);
  const own = rows.rowsOf(s);
  const timeline: SessionDetail['timeline'][number][] = own.slice(0, limit).map((i) => {
    const kind = rows.kindAt(i) ?? KINDS[0];
    const count = rows.field(i, 'rows');
    return {
      event: rows.idOf(i),
      time: rows.timeAt(i),
      action: kind?.action ?? '',
      result: kind?.result ?? 'unknown',
      ...(kind?.object === undefined ? {} : { object: kind.object }),
      ...(kind?.statement === undefined ? {} : { statement: kind.statement }),
      ...(kind?.message === undefined ? {} : { message: String(rows.field(i, 'message')) }),
      ...(typeof count === 'string' ? { rows: Number(count) } : {}),
    };
  });
  const at = Math.floor(timeline.length / 2);
  const middle = timeline[at];
  if (summary.holes > 0 && middle)
    timeline[at] = {
      ...middle,
      hole: { missing: 3, what: 'Session line numbers 41 to 43 are missing before this record.' },
    };
  return { ...summary, timeline, ...(own.length > limit ? { truncatedAt: limit } : {}) };
}
