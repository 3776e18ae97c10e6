import { AUDIT_SETTINGS } from '@dbwitness/shared/policies/setting-effect.ts';
import type { Published } from './analysis.ts';
import type { SettingChange } from './unrecorded.ts';

/**
 * Every change of an audit setting that the logs record, in time order: the server's own "parameter … changed" and the
 * statements that ask for one. The readers put name and value into `extra`.
 */
export async function settingChanges(
  { database, schema }: Published,
  signal?: AbortSignal,
): Promise<readonly SettingChange[]> {
  const names = AUDIT_SETTINGS.map((setting) => `'${setting.name}'`).join(', ');
  const rows = await database.all(
    'scan',
    `SELECT s.source, epoch_us(r.time) AS time, r.exhibit || ':' || r.ordinal AS event,
       lower(json_extract_string(r.extra, '$.setting')) AS setting, json_extract_string(r.extra, '$.setting_value') AS value,
       CAST(r.action AS VARCHAR) AS action, CAST(r."user" AS VARCHAR) AS "user", CAST(r.session AS VARCHAR) AS session,
       CAST(r."database" AS VARCHAR) AS "database", t.text AS statement, epoch_us(make_timestamp(e.last_time)) AS session_end
     FROM ${schema}.record r
     JOIN memory.main.analysis_source s ON s.exhibit = r.exhibit
     LEFT JOIN ${schema}.statement t ON t.statement_id = r.statement_id
     LEFT JOIN memory.main.session e ON e.source = s.source AND e.session = r.session
       AND r.rowid BETWEEN e.first_rid AND e.last_rid
     WHERE r.extra LIKE '%"setting"%' AND r.time IS NOT NULL AND r.result <> 'failure'
       AND lower(json_extract_string(r.extra, '$.setting')) IN (${names})
     ORDER BY r.rowid`,
    [],
    signal,
  );
  return rows.map((row): SettingChange => {
    const text = (name: string) =>
      row[name] === null || row[name] === undefined ? undefined : String(row[name]);
    const effective = text('statement') === undefined;
    const [value, by] = [text('value'), text('user')];
    return {
      source: String(row.source),
      time: Number(row.time),
      event: String(row.event),
      setting: String(row.setting),
      kind: effective ? 'effective' : 'requested',
      ...(value === undefined ? {} : { value }),
      ...(by === undefined ? {} : { by }),
      ...(effective ? {} : scopeOf(text('statement') ?? '', text('session'), Number(row.session_end))),
    };
  });
}

/** Whom a statement's change holds for: its session, a role, a database, or (ALTER SYSTEM, SET GLOBAL) the server. */
function scopeOf(
  statement: string,
  session: string | undefined,
  sessionEnd: number,
): Pick<SettingChange, 'scope' | 'until'> {
  const role = /^\s*ALTER\s+(ROLE|USER|DATABASE)\s+"?([^\s"]+)"?/i.exec(statement);
  if (role !== null) return { scope: `${/database/i.test(role[1] ?? '') ? 'database' : 'role'} ${role[2]}` };
  const own = /^\s*SET\s+(?!GLOBAL\b|@@GLOBAL\b)/i.test(statement) && !/^\s*SET\s+@@?GLOBAL/i.test(statement);
  if (!own || session === undefined) return {};
  return { scope: `session ${session}`, ...(Number.isFinite(sessionEnd) ? { until: sessionEnd } : {}) };
}
