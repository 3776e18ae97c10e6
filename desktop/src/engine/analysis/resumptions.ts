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
  for (const change of changes) {
    const audited = isOff(change) ? auditedRecord(change, changes) : undefined;
    if (audited === undefined) continue;
    const first = await firstRecord(published, change, audited, signal);
    if (first !== undefined) {
      const { source, setting } = change;
      found.push({ source, setting, ...first, why: 'record' });
    }
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

interface Audited {
  /** SQL over record `r` and `analysis_source` `s`. */
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
    return { test: `s.format = 'server-audit'`, params: [], after: STILL_COMING.server };
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

async function firstRecord(
  { database, schema }: Published,
  change: SettingChange,
  { test, params, after }: Audited,
  signal?: AbortSignal,
): Promise<Pick<Resumption, 'time' | 'event'> | undefined> {
  const [row] = await database.all(
    'scan',
    `SELECT epoch_us(r.time) AS time, r.exhibit || ':' || r.ordinal AS event FROM ${schema}.record r
     WHERE r.rowid = (SELECT min(r.rowid) FROM ${schema}.record r
       JOIN memory.main.analysis_source s ON s.exhibit = r.exhibit
       WHERE s.source = $1 AND r.time > make_timestamp(CAST($2 AS BIGINT)) AND ${test})`,
    [change.source, BigInt(change.time + after), ...params],
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
