import type { SessionDetail, SessionFilter, SessionSummary } from '../../host/sessions.ts';
import type { Row, SqlParameter } from '../db/database.ts';
import { eventPlace } from '../query/filter-sql.ts';
import type { Published } from './analysis.ts';
import type { ServerEvent } from './server-events.ts';

/** A crash ends the sessions whose last record stands at most so long before it. */
const CRASH_REACH = 24 * 3600 * 1_000_000;

/** What sessions need beside the tables of `analyse`. */
export interface SessionContext {
  readonly events: readonly ServerEvent[];
  /** First record of each source: sessions that begin there began before. */
  readonly starts: ReadonlyMap<string, number>;
  /** Event ids that a finding cites. */
  readonly cited: readonly string[];
}

const ORDER: Readonly<Record<SessionFilter['sort'], string>> = {
  from: 's.first_time, s.source, s.session, s.ordinal, s.format',
  events: 's.events DESC, s.first_time, s.source, s.session, s.ordinal, s.format',
  failures: 's.failures DESC, s.first_time, s.source, s.session, s.ordinal, s.format',
  findings: 'findings DESC, s.first_time, s.source, s.session, s.ordinal, s.format',
  length: '(s.last_time - s.first_time) DESC, s.first_time, s.source, s.session, s.ordinal, s.format',
};

const ONLY: Readonly<Record<SessionFilter['only'], string | undefined>> = {
  all: undefined,
  'with findings': 'coalesce(f.findings, 0) > 0',
  'with holes': 'coalesce(h.holes, 0) > 0',
  'failed logins': 's.refused',
  torn: 's.arrived AND NOT s.refused AND (NOT s.disconnected OR s.terminated OR s.lost)',
};

/** A page of the sessions of the case. `total` counts all that meet the filter. */
export async function listSessions(
  published: Published,
  context: SessionContext,
  filter: SessionFilter,
  page: { readonly offset: number; readonly limit: number },
  signal?: AbortSignal,
): Promise<{ readonly total: number; readonly sessions: readonly SessionSummary[] }> {
  await citeSessions(published, context.cited, signal);
  const { where, params } = conditions(filter);
  const rows = await published.database.all(
    'scan',
    `${SELECT_SESSIONS} ${where} ORDER BY ${ORDER[filter.sort]} LIMIT ${page.limit} OFFSET ${page.offset}`,
    params,
    signal,
  );
  const [counted] = await published.database.all(
    'scan',
    `SELECT count(*) AS n ${FROM_SESSIONS} ${where}`,
    params,
    signal,
  );
  return { total: Number(counted?.n ?? 0), sessions: rows.map((row) => summary(row, context)) };
}

/** One session with its records in order, holes between them included; undefined when there is no such session. */
export async function sessionDetail(
  published: Published,
  context: SessionContext,
  id: string,
  limit: number,
  signal?: AbortSignal,
): Promise<SessionDetail | undefined> {
  await citeSessions(published, context.cited, signal);
  const { source, session, ordinal, format } = parseSessionId(id);
  const [row] = await published.database.all(
    'scan',
    `${SELECT_SESSIONS} WHERE s.source = $1 AND s.session = $2 AND s.ordinal = $3 AND s.format = $4`,
    [source, session, ordinal, format],
    signal,
  );
  if (row === undefined) return undefined;
  const lines = await published.database.all(
    'scan',
    `SELECT r.exhibit || ':' || r.ordinal AS event, epoch_us(r.time) AS time, CAST(r.action AS VARCHAR) AS action,
       CAST(r.object AS VARCHAR) AS object, t.text AS statement, CAST(r.result AS VARCHAR) AS result, r.rows, r.message,
       coalesce(l.after_seq - l.before_seq - 1, p.after_seq - p.before_seq - 1) AS missing,
       CASE WHEN l.after_seq IS NOT NULL THEN 'log line' ELSE 'audited statement' END AS unit
     FROM ${published.schema}.record r
     JOIN memory.main.analysis_source x ON x.exhibit = r.exhibit
     LEFT JOIN ${published.schema}.statement t ON t.statement_id = r.statement_id
     LEFT JOIN memory.main.line_hole l ON l.after_rid = r.rowid
     LEFT JOIN memory.main.statement_hole p ON p.after_rid = r.rowid
     WHERE r.rowid BETWEEN $1 AND $2 AND r.session = $3 AND x.source = $4 AND r.format = $5
     ORDER BY r.rowid LIMIT ${limit + 1}`,
    [row.first_rid as bigint, row.last_rid as bigint, session, source, format],
    signal,
  );
  const shown = lines.slice(0, limit);
  return {
    ...summary(row, context),
    timeline: shown.map(line),
    ...(lines.length > limit ? { truncatedAt: limit } : {}),
  };
}

/** The id of the session that an event belongs to, if any. */
export async function sessionOfEvent(
  { database, schema }: Published,
  event: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const place = eventPlace(event);
  if (place === undefined) return undefined;
  const [row] = await database.all(
    'page',
    `SELECT s.source, s.format, s.session, s.ordinal
     FROM ${schema}.record r
     JOIN memory.main.analysis_source x ON x.exhibit = r.exhibit
     JOIN memory.main.session s ON s.source = x.source AND s.format = r.format AND s.session = r.session
       AND r.rowid BETWEEN s.first_rid AND s.last_rid
     WHERE r.exhibit = $1 AND r.ordinal = $2`,
    [place.exhibit, place.ordinal],
    signal,
  );
  return row === undefined
    ? undefined
    : sessionId(String(row.source), String(row.format), String(row.session), Number(row.ordinal));
}

const FROM_SESSIONS = `
  FROM memory.main.session s
  LEFT JOIN (SELECT source, format, session, ordinal, count(*) AS holes
    FROM (SELECT source, format, session, ordinal FROM memory.main.line_hole
      UNION ALL SELECT source, format, session, ordinal FROM memory.main.statement_hole) GROUP BY ALL) h
    ON h.source = s.source AND h.format = s.format AND h.session = s.session AND h.ordinal = s.ordinal
  LEFT JOIN memory.main.cited_session f
    ON f.source = s.source AND f.format = s.format AND f.session = s.session AND f.ordinal = s.ordinal`;

const SELECT_SESSIONS = `
  SELECT s.*, coalesce(h.holes, 0) AS holes, coalesce(f.findings, 0) AS findings ${FROM_SESSIONS}`;

/** Counts the cited events of each session. Rebuilt at each call: findings change without a publish. */
async function citeSessions(
  { database, schema }: Published,
  cited: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  await database.run(
    'scan',
    `CREATE OR REPLACE TABLE memory.main.cited_session AS
     SELECT s.source, s.format, s.session, s.ordinal, count(*) AS findings
     FROM (SELECT split_part(id, ':', 1) AS exhibit, CAST(split_part(id, ':', 2) AS INTEGER) AS ordinal
       FROM (SELECT unnest(CAST(from_json($1, '["VARCHAR"]') AS VARCHAR[])) AS id)) c
     JOIN ${schema}.record r ON r.exhibit = c.exhibit AND r.ordinal = c.ordinal
     JOIN memory.main.analysis_source x ON x.exhibit = r.exhibit
     JOIN memory.main.session s ON s.source = x.source AND s.format = r.format AND s.session = r.session
       AND r.rowid BETWEEN s.first_rid AND s.last_rid
     GROUP BY ALL`,
    [JSON.stringify(cited)],
    signal,
  );
}

function conditions(filter: SessionFilter): {
  readonly where: string;
  readonly params: readonly SqlParameter[];
} {
  const params: SqlParameter[] = [];
  const parts: string[] = [];
  const add = (sql: (place: string) => string, value: SqlParameter | undefined) => {
    if (value === undefined || value === '') return;
    params.push(value);
    parts.push(sql(`$${params.length}`));
  };
  add((p) => `s."user" = ${p}`, filter.user);
  add((p) => `s."database" = ${p}`, filter.database);
  add((p) => `s.client = ${p}`, filter.client);
  add((p) => `s.source = ${p}`, filter.source);
  add((p) => `s.last_time >= ${p}`, filter.from === undefined ? undefined : BigInt(Math.round(filter.from)));
  add((p) => `s.first_time < ${p}`, filter.to === undefined ? undefined : BigInt(Math.round(filter.to)));
  const only = ONLY[filter.only];
  if (only !== undefined) parts.push(only);
  return { where: parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`, params };
}

function summary(row: Row, { events, starts }: SessionContext): SessionSummary {
  const text = (name: string) =>
    row[name] === null || row[name] === undefined ? undefined : String(row[name]);
  const [source, session] = [String(row.source), String(row.session)];
  const [from, to] = [Number(row.first_time), Number(row.last_time)];
  const [user, database, client, application] = [
    text('user'),
    text('database'),
    text('client'),
    text('application'),
  ];
  const users = Number(row.users);
  return {
    id: sessionId(source, String(row.format), session, Number(row.ordinal)),
    source,
    session,
    ...(user === undefined ? {} : { user }),
    ...(database === undefined ? {} : { database }),
    ...(client === undefined ? {} : { client }),
    ...(application === undefined ? {} : { application }),
    from,
    to,
    events: Number(row.events),
    statements: Number(row.statements),
    failures: Number(row.failures),
    classes: JSON.parse(text('classes') ?? '{}') as Record<string, number>,
    start:
      row.arrived === true
        ? 'connected'
        : from <= (starts.get(source) ?? 0) + 1_000_000
          ? 'before the record begins'
          : 'not seen',
    end: endOf(row, source, to, events),
    basis: `records of ${String(row.format)} with the server’s session id ${session}${Number(row.ordinal) > 1 ? `, the ${Number(row.ordinal)}th session under this id` : ''}`,
    holes: Number(row.holes),
    findings: Number(row.findings),
    ...(users > 1
      ? {
          uncertain: `${users} user names appear in this session: the client changed its user, or the id was used again`,
        }
      : {}),
  };
}

function endOf(row: Row, source: string, to: number, events: readonly ServerEvent[]): SessionSummary['end'] {
  if (row.refused === true) return 'login failed';
  // A session that was ended by force writes its good-bye line all the same.
  if (row.terminated === true) return 'terminated';
  if (row.lost === true) return 'client lost';
  if (row.disconnected === true) return 'disconnected';
  const crash = events.find((event) => event.source === source && event.kind === 'crash' && event.time >= to);
  return crash !== undefined && crash.time - to <= CRASH_REACH ? 'server crash' : 'not seen';
}

function line(row: Row): SessionDetail['timeline'][number] {
  const text = (name: string) =>
    row[name] === null || row[name] === undefined ? undefined : String(row[name]);
  const [object, statement, message] = [text('object'), text('statement'), text('message')];
  const missing = row.missing === null || row.missing === undefined ? undefined : Number(row.missing);
  return {
    event: String(row.event),
    time: Number(row.time),
    action: text('action') ?? '',
    ...(object === undefined ? {} : { object }),
    ...(statement === undefined ? {} : { statement }),
    result: text('result') ?? 'unknown',
    ...(row.rows === null || row.rows === undefined ? {} : { rows: Number(row.rows) }),
    ...(message === undefined ? {} : { message }),
    ...(missing === undefined
      ? {}
      : {
          hole: {
            missing,
            what: `${missing} ${String(row.unit)}${missing === 1 ? '' : 's'} missing before this record`,
          },
        }),
  };
}

/** `<source>/<format>/<session>/<ordinal>`, each part encoded so that a slash in a name cannot mislead. */
function sessionId(source: string, format: string, session: string, ordinal: number): string {
  return [source, format, session, ordinal].map((part) => encodeURIComponent(part)).join('/');
}

function parseSessionId(id: string) {
  const [source = '', format = '', session = '', ordinal = ''] = id
    .split('/')
    .map((part) => decodeURIComponent(part));
  return { source, format, session, ordinal: Number(ordinal) };
}
