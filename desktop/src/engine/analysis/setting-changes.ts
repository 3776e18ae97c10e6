import { AUDIT_SETTINGS } from '@dbwitness/shared/policies/setting-effect.ts';
import { type Row, sqlText } from '../db/database.ts';
import { EXTRA_COLUMNS } from '../store/columns.ts';
import type { Published } from './analysis.ts';
import { settingScope } from './setting-scope.ts';
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
  // A table of their own first, of all settings: a list of names is a join to DuckDB, for which it would put `extra` together
  // for every record; and of so few rows it knows that it need not read every statement to find theirs.
  await database.run(
    'scan',
    `CREATE OR REPLACE TABLE memory.main.setting_record AS
     SELECT r.rowid AS rid, r.exhibit, r.format, r.session, r.time, r.ordinal, r.action, r."user", r.transaction, r.statement_id,
       lower(json_extract_string(r.extra, '$.setting')) AS setting, json_extract_string(r.extra, '$.setting_value') AS value
     FROM ${schema}.record r
     WHERE (${await namesSetting({ database, schema }, signal)}) AND r.time IS NOT NULL AND r.result <> 'failure'`,
    [],
    signal,
  );
  const rows = await database.all(
    'scan',
    `SELECT s.source, epoch_us(r.time) AS time, r.exhibit || ':' || r.ordinal AS event, r.setting, r.value,
       CAST(r.action AS VARCHAR) AS action, CAST(r."user" AS VARCHAR) AS "user", CAST(r.session AS VARCHAR) AS session,
       t.text AS statement, e.last_time AS session_end, e.last_rid, r.rid,
       CAST(r.exhibit AS VARCHAR) AS exhibit, CAST(r.transaction AS VARCHAR) AS transaction
     FROM memory.main.setting_record r
     JOIN memory.main.analysis_source s ON s.exhibit = r.exhibit
     LEFT JOIN ${schema}.statement t ON t.statement_id = r.statement_id
     LEFT JOIN memory.main.session e ON e.source = s.source AND e.format = r.format AND e.session = r.session
       AND r.rid BETWEEN e.first_rid AND e.last_rid
     WHERE r.setting IN (${names})
     ORDER BY r.rid`,
    [],
    signal,
  );
  await database.run('scan', 'DROP TABLE memory.main.setting_record', [], signal);
  const changes: SettingChange[] = [];
  for (const row of rows) {
    const text = (name: string) =>
      row[name] === null || row[name] === undefined ? undefined : String(row[name]);
    const statement = text('statement');
    const [value, by] = [text('value'), text('user')];
    changes.push({
      source: String(row.source),
      time: Number(row.time),
      event: String(row.event),
      setting: String(row.setting),
      kind: statement === undefined ? 'effective' : 'requested',
      ...(value === undefined ? {} : { value }),
      ...(by === undefined ? {} : { by }),
      ...(statement === undefined ? {} : await scopeOf(statement, row, { database, schema }, signal)),
    });
  }
  return changes;
}

/** Whether the logs record any change of an audit setting; without one, all that a source has to tell it told. */
export async function anySettingChange(
  { database, schema }: Pick<Published, 'database' | 'schema'>,
  signal?: AbortSignal,
): Promise<boolean> {
  const names = AUDIT_SETTINGS.map((setting) => sqlText(setting.name)).join(', ');
  const rows = await database.all(
    'scan',
    `SELECT DISTINCT lower(json_extract_string(setting, '$.setting')) AS name
     FROM (SELECT r.extra AS setting FROM ${schema}.record r
       WHERE (${await namesSetting({ database, schema }, signal)}) AND r.time IS NOT NULL AND r.result <> 'failure')
     WHERE lower(json_extract_string(setting, '$.setting')) IN (${names}) LIMIT 1`,
    [],
    signal,
  );
  return rows.length > 0;
}

/**
 * Whether some member of `extra` names a setting, over record `r`: asked of the columns that `extra` is put together from,
 * and where such a column is coded, of its few values.
 */
async function namesSetting(
  { database, schema }: Pick<Published, 'database' | 'schema'>,
  signal?: AbortSignal,
): Promise<string> {
  const named = (text: string) => `contains(${text}, '"setting":')`;
  const columns = EXTRA_COLUMNS.map((column) => sqlText(column)).join(', ');
  const coded = await database.all(
    'scan',
    `SELECT column_name AS name FROM (DESCRIBE ${schema}.record)
     WHERE starts_with(column_type, 'ENUM') AND column_name IN (${columns})`,
    [],
    signal,
  );
  const names = new Set(coded.map(({ name }) => String(name)));
  const tests = EXTRA_COLUMNS.filter((column) => !names.has(column)).map((column) => named(`r.${column}`));
  if (names.size > 0) {
    const values = [...names].map(
      (column) =>
        `CAST(to_json(list_filter(CAST(enum_range(${column}) AS VARCHAR[]), v -> ${named('v')})) AS VARCHAR) AS ${column}`,
    );
    const [found] = await database.all(
      'scan',
      `SELECT ${values.join(', ')} FROM ${schema}.record LIMIT 1`,
      [],
      signal,
    );
    for (const [column, texts] of Object.entries(found ?? {})) {
      const list = (JSON.parse(String(texts)) as readonly string[]).map(sqlText).join(', ');
      if (list !== '') tests.push(`r.${column} IN (${list})`);
    }
  }
  return tests.length === 0 ? 'false' : tests.join(' OR ');
}

/** Whom a statement's change holds for, and when that ends by itself. */
async function scopeOf(
  statement: string,
  row: Row,
  published: Pick<Published, 'database' | 'schema'>,
  signal?: AbortSignal,
): Promise<Pick<SettingChange, 'scope' | 'until'>> {
  const scope = settingScope(statement);
  if (scope.kind === 'role' || scope.kind === 'database') return { scope: `${scope.kind} ${scope.name}` };
  if (scope.kind === 'server' || row.session === null || row.session === undefined) return {};
  const over = scope.kind === 'transaction' ? await transactionEnd(row, published, signal) : undefined;
  const until = over ?? (row.session_end === null ? Number.NaN : Number(row.session_end));
  return { scope: `session ${row.session}`, ...(Number.isFinite(until) ? { until } : {}) };
}

/** When the transaction of a record ended at the latest: the first later record of its session that is its end or none of it. */
async function transactionEnd(
  row: Row,
  { database, schema }: Pick<Published, 'database' | 'schema'>,
  signal?: AbortSignal,
): Promise<number | undefined> {
  const [end] = await database.all(
    'scan',
    `SELECT epoch_us(r.time) AS time FROM ${schema}.record r WHERE r.rowid = (
       SELECT min(r.rowid) FROM ${schema}.record r LEFT JOIN ${schema}.statement t ON t.statement_id = r.statement_id
       WHERE r.rowid > CAST($1 AS BIGINT) AND r.rowid <= CAST($2 AS BIGINT)
         AND r.exhibit = $3 AND r.session = $4
         AND ((r.action IN ('COMMIT', 'ROLLBACK') AND NOT coalesce(regexp_matches(t.text, '(?i)\\bTO\\b'), false))
           OR ($5 <> '' AND r.transaction IS DISTINCT FROM $5)))`,
    [
      String(row.rid),
      String(row.last_rid ?? row.rid),
      String(row.exhibit),
      String(row.session),
      row.transaction === null ? '' : String(row.transaction),
    ],
    signal,
  );
  return end === undefined || end.time === null ? undefined : Number(end.time);
}
