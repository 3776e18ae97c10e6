import { createHash } from 'node:crypto';
import { fieldNamed } from '@dbwitness/shared/events/fields.ts';
import type { QueryUsed } from '@dbwitness/shared/reports/report-model.ts';
import { EVENTS } from '../../store/event-file.ts';
import { eventExpression, joinedTables } from '../../store/event-view.ts';
import type { CaseMaterial, TextRow } from './case-material.ts';

/** One query of the report. Each has a total ORDER BY, so that its rows have one order (EVIDENCE §14). */
export interface ReportQuery {
  readonly id: string;
  readonly what: string;
  readonly sql: string;
}

export const RECORDS_PER_EXHIBIT: ReportQuery = {
  id: 'records-per-exhibit',
  what: 'Records of each exhibit, with first and last time.',
  sql: `SELECT CAST(exhibit AS VARCHAR) AS exhibit, CAST(count(*) AS DOUBLE) AS records,
  CAST(epoch_us(min(time)) AS DOUBLE) AS first, CAST(epoch_us(max(time)) AS DOUBLE) AS last
FROM record GROUP BY exhibit ORDER BY exhibit`,
};

export const SESSION_TOTALS: ReportQuery = {
  id: 'session-totals',
  what: 'Sessions, those that came in and never logged out in these logs, and refused logins.',
  sql: `SELECT CAST(count(*) AS DOUBLE) AS total,
  CAST(count(*) FILTER (arrived AND NOT disconnected AND NOT refused) AS DOUBLE) AS torn,
  CAST(count(*) FILTER (refused) AS DOUBLE) AS failed
FROM memory.main.session ORDER BY ALL`,
};

export const SESSIONS_BY_USER: ReportQuery = {
  id: 'sessions-by-user',
  what: 'Sessions, records and failures by source and user: the hundred with most records.',
  sql: `SELECT source, coalesce("user", '') AS "user", CAST(count(*) AS DOUBLE) AS sessions,
  CAST(sum(events) AS DOUBLE) AS events, CAST(sum(failures) AS DOUBLE) AS failures
FROM memory.main.session GROUP BY ALL ORDER BY events DESC, source, "user" LIMIT 100`,
};

/** Fields of a cited record that the report shows, in the order of the dictionary. */
export const SHOWN_FIELDS = [
  'server',
  'session',
  'user',
  'effective_user',
  'os_user',
  'role',
  'client_ip',
  'client_host',
  'application',
  'auth_method',
  'database',
  'schema',
  'action',
  'class',
  'object_type',
  'object',
  'columns',
  'statement',
  'parameters',
  'flags',
  'result',
  'error_code',
  'message',
  'rows',
  'duration_ms',
  'severity',
  'ticket',
] as const;

/** A field as text; lists as their items, and an empty list as absent. */
function shownExpression(name: string): string {
  const expression = eventExpression(name);
  return fieldNamed(name)?.type === 'text list'
    ? `nullif(array_to_string(${expression}, ', '), '')`
    : `CAST(${expression} AS VARCHAR)`;
}

export const CITED_RECORDS: ReportQuery = {
  id: 'cited-records',
  what: 'The cited records that are shown in full.',
  sql: `WITH cited AS (
  SELECT split_part(id, ':', 1) AS exhibit, CAST(split_part(id, ':', 2) AS INTEGER) AS ordinal
  FROM (SELECT DISTINCT unnest(from_json($1, '["VARCHAR"]')) AS id))
SELECT ${eventExpression('event_id')} AS id, CAST(r.line AS DOUBLE) AS line,
  CAST(r.byte_offset AS DOUBLE) AS "from", CAST(r.byte_offset + r.byte_length AS DOUBLE) AS "to",
  CAST(epoch_us(r.time) AS DOUBLE) AS at, CAST(r.time_raw AS VARCHAR) AS raw,
${SHOWN_FIELDS.map((name) => `  ${shownExpression(name)} AS "${name}"`).join(',\n')}
FROM ${joinedTables(EVENTS)}
JOIN cited c ON c.exhibit = CAST(r.exhibit AS VARCHAR) AND c.ordinal = r.ordinal
ORDER BY r.exhibit, r.ordinal`,
};

/** Where records stand in their exhibits: for their proofs, not for the report. */
export const PLACES_OF_RECORDS: ReportQuery = {
  id: 'places-of-records',
  what: 'Exhibit, number and bytes of records.',
  sql: `WITH cited AS (
  SELECT split_part(id, ':', 1) AS exhibit, CAST(split_part(id, ':', 2) AS INTEGER) AS ordinal
  FROM (SELECT DISTINCT unnest(from_json($1, '["VARCHAR"]')) AS id))
SELECT c.exhibit, CAST(r.ordinal AS DOUBLE) AS ordinal, CAST(r.byte_offset AS DOUBLE) AS "from",
  CAST(r.byte_offset + r.byte_length AS DOUBLE) AS "to"
FROM record r JOIN cited c ON c.exhibit = CAST(r.exhibit AS VARCHAR) AND c.ordinal = r.ordinal
ORDER BY c.exhibit, r.ordinal`,
};

/** Runs the report's queries and remembers what was run. */
export class QueryLog {
  readonly #material: CaseMaterial;
  readonly #used: QueryUsed[] = [];

  constructor(material: CaseMaterial) {
    this.#material = material;
  }

  get used(): readonly QueryUsed[] {
    return this.#used;
  }

  /** `shown` stands for the parameters in the report, where they are long lists that stand elsewhere in it. */
  async run(
    query: ReportQuery,
    params: readonly string[],
    shown: readonly string[],
    signal?: AbortSignal,
  ): Promise<readonly TextRow[]> {
    const rows = await this.#material.query(query.sql, params, signal);
    this.#used.push({
      ...query,
      parameters: shown,
      sha256: createHash('sha256').update(query.sql).digest('hex'),
      rows: rows.length,
    });
    return rows;
  }
}
