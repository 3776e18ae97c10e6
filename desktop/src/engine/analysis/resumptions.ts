import { auditSetting } from '@dbwitness/shared/policies/setting-effect.ts';
import type { Published } from './analysis.ts';
import type { ServerEvent } from './server-events.ts';
import type { Resumption, SettingChange } from './unrecorded.ts';

/**
 * How long after the audit was switched off records may still come: what was running ends (server_audit), or has not
 * read the reloaded configuration yet (pgAudit). µs.
 */
const STILL_COMING = { server: 2_000_000, postgresql: 60_000_000 };

/** Settings that hold until the server stops. PostgreSQL reads its own from files, anew at each start. */
const UNTIL_RESTART = [
  'server_audit_logging',
  'server_audit_events',
  'server_audit_excl_users',
  'server_audit_incl_users',
  'general_log',
];

/**
 * For each change of a setting without which nothing is audited, the first later record that it would have kept back; and
 * the restarts of a server, by its own word or by query ids that begin anew. Needs `analyse` first.
 */
export async function resumptions(
  published: Published,
  changes: readonly SettingChange[],
  events: readonly ServerEvent[],
  signal?: AbortSignal,
): Promise<readonly Resumption[]> {
  const found: Resumption[] = [];
  const answers = new Map<string, Answer>();
  for (const change of changes) {
    const audited = isOff(change) ? auditedRecord(change, changes) : undefined;
    if (audited === undefined) continue;
    const { source, setting } = change;
    const from = change.time + audited.after;
    const key = JSON.stringify([source, audited.test, audited.params]);
    let answer = answers.get(key);
    // The first record after an earlier moment is that after this one too, when it comes later; so is there being none.
    const holds =
      answer !== undefined && answer.from <= from && (answer.first === undefined || answer.first.time > from);
    if (answer === undefined || !holds) {
      answer = { from, first: await firstRecord(published, source, from, audited, signal) };
      answers.set(key, answer);
    }
    if (answer.first !== undefined) found.push({ source, setting, ...answer.first, why: 'record' });
  }
  const starts = [
    ...events.filter(({ kind }) => kind === 'start'),
    ...(await queryResets(published, signal)),
  ];
  for (const { source, time, event } of starts)
    for (const setting of UNTIL_RESTART) found.push({ source, setting, time, event, why: 'start' });
  return found;
}

function isOff({ setting: name, value, scope }: SettingChange): boolean {
  const setting = scope === undefined && value !== undefined ? auditSetting(name) : undefined;
  return setting !== undefined && value !== undefined && setting.covers(value).size === 0;
}

type FirstRecord = Pick<Resumption, 'time' | 'event'>;

/** The first record after `from` (µs UTC), where there is one. */
interface Answer {
  readonly from: number;
  readonly first: FirstRecord | undefined;
}

interface Audited {
  /** Format that the record is of; any where it is not named. */
  readonly format?: string;
  /** SQL over record `r`. */
  readonly test: string;
  readonly params: readonly string[];
  readonly after: number;
}

/** What is a record that the setting can keep back; undefined where it does not keep back all. */
function auditedRecord(
  { source, setting }: SettingChange,
  changes: readonly SettingChange[],
): Audited | undefined {
  if (setting === 'server_audit_logging' || setting === 'plugin server_audit')
    return { format: 'server-audit', test: 'true', params: [], after: STILL_COMING.server };
  if (setting !== 'pgaudit.log') return undefined;
  // Sessions, roles and databases with a value of their own are audited on; so are objects, by pgaudit.role.
  const scopes = (kind: string) =>
    changes.flatMap(({ source: of, setting: named, scope = '' }) =>
      of === source && named === setting && scope.startsWith(`${kind} `)
        ? [scope.slice(kind.length + 1)]
        : [],
    );
  const notIn = (column: string, place: string) =>
    `NOT coalesce(list_contains(from_json(${place}, '["VARCHAR"]'), CAST(${column} AS VARCHAR)), false)`;
  return {
    test: `r.product = 'postgresql' AND r.statement_seq IS NOT NULL AND r.extra LIKE '%"audit_type":"SESSION"%'
      AND ${notIn('r.session', '$3')} AND ${notIn('r."user"', '$4')} AND ${notIn('r."database"', '$5')}`,
    params: ['session', 'role', 'database'].map((kind) => JSON.stringify(scopes(kind))),
    after: STILL_COMING.postgresql,
  };
}

/** Rows come in the order of the table, which is that of time: the scan ends at the first that is found. */
async function firstRecord(
  { database, schema, exhibits }: Published,
  source: string,
  from: number,
  { format, test, params }: Audited,
  signal?: AbortSignal,
): Promise<FirstRecord | undefined> {
  const asked = exhibits.filter(
    (one) => one.source === source && (format === undefined || one.format === format),
  );
  if (asked.length === 0) return undefined;
  const [row] = await database.all(
    'scan',
    `SELECT epoch_us(r.time) AS time, r.exhibit || ':' || r.ordinal AS event FROM ${schema}.record r
     WHERE list_contains(from_json($1, '["VARCHAR"]'), CAST(r.exhibit AS VARCHAR))
       AND r.time > make_timestamp(CAST($2 AS BIGINT)) AND ${test} LIMIT 1`,
    [JSON.stringify(asked.map(({ exhibit }) => exhibit)), BigInt(from), ...params],
    signal,
  );
  return row === undefined ? undefined : { time: Number(row.time), event: String(row.event) };
}

/** Where the query ids of a server begin anew: `query_jump` has these as rows without a number before. */
async function queryResets(
  { database, schema }: Published,
  signal?: AbortSignal,
): Promise<readonly Pick<Resumption, 'source' | 'time' | 'event'>[]> {
  const rows = await database.all(
    'scan',
    `SELECT j.source, epoch_us(r.time) AS time, r.exhibit || ':' || r.ordinal AS event
     FROM memory.main.query_jump j JOIN ${schema}.record r ON r.rowid = j.after_rid
     WHERE j.before_seq IS NULL AND r.time IS NOT NULL`,
    [],
    signal,
  );
  return rows.map((row) => ({
    source: String(row.source),
    time: Number(row.time),
    event: String(row.event),
  }));
}
