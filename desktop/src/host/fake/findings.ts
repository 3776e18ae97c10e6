import type { Finding, FindingDetail, Level, RuleOutcome } from '../findings.ts';
import { fakeDigest } from './random.ts';
import type { FakeRows } from './rows.ts';

interface Template {
  readonly rule: string;
  readonly title: string;
  readonly level: Level;
  readonly tags: readonly string[];
  readonly user: string;
  readonly object?: string;
  readonly count: number;
  /** Where in the case it stands, 0 to 1. */
  readonly at: number;
  readonly description: string;
  readonly falsepositives: readonly string[];
}

// biome-ignore format: one finding a line reads as the table that it is
const TEMPLATES: readonly Template[] = [
  { rule: 'audit-switched-off', title: 'Audit switched off or narrowed', level: 'critical', tags: ['attack.t1562.008'], user: 'dba_shared', object: 'pgaudit.log', count: 1, at: 0.66, description: 'A setting that decides what the audit records was changed so that it records less.', falsepositives: ['An announced maintenance window with a change ticket', 'A configuration tool that rewrites all settings at start'] },
  { rule: 'bulk-read-sensitive', title: 'Bulk read of a sensitive table', level: 'high', tags: ['attack.t1213.006', 'attack.t1530'], user: 'support_eng', object: 'crm.customers', count: 214, at: 0.42, description: 'One account read many rows of a table that the estate file calls sensitive.', falsepositives: ['A customer export that support was asked for: check the ticket', 'A reindexing or reporting job under the same account'] },
  { rule: 'copy-to-program', title: 'Query result piped into a program', level: 'critical', tags: ['attack.t1059', 'attack.t1048'], user: 'dba_shared', object: 'sh', count: 2, at: 0.65, description: 'COPY … TO PROGRAM ran a shell command on the database server.', falsepositives: ['A backup script that has always worked this way'] },
  { rule: 'password-spraying', title: 'Failed logins for many accounts from one address', level: 'high', tags: ['attack.t1110.003'], user: 'm.okafor', count: 61, at: 0.18, description: 'One address failed to log in to several accounts within ten minutes.', falsepositives: ['A connection pool with an outdated password', 'A vulnerability scanner that was allowed to run'] },
  { rule: 'shared-account-direct', title: 'Shared account used directly on the host', level: 'medium', tags: ['attack.t1078.003'], user: 'dba_shared', object: 'shop', count: 7, at: 0.64, description: 'An account that several people share was used from the server itself, past the jump host.', falsepositives: ['Break-glass access that was reported at the time'] },
  { rule: 'superuser-grant', title: 'Role with full read access granted', level: 'high', tags: ['attack.t1098'], user: 'm.okafor', object: 'reporting_full', count: 1, at: 0.31, description: 'A role that reads everything was granted.', falsepositives: ['Onboarding of a reporting tool'] },
  { rule: 'table-truncated', title: 'Staging tables truncated', level: 'medium', tags: ['attack.t1485'], user: 'dba_shared', object: 'staging.load_0312', count: 3, at: 0.655, description: 'Tables were emptied in one statement.', falsepositives: ['The nightly load empties its staging tables'] },
  { rule: 'off-hours-access', title: 'Privileged work outside working hours', level: 'low', tags: ['attack.t1078'], user: 'dba_shared', count: 19, at: 0.67, description: 'A privileged account worked at night.', falsepositives: ['On-call work'] },
  { rule: 'long-statement', title: 'Very long statement', level: 'low', tags: ['attack.t1190'], user: 'app_shop', object: 'shop.search', count: 4, at: 0.52, description: 'A statement far longer than the usual ones of its account.', falsepositives: ['A report with a long IN list'] },
  { rule: 'user-created', title: 'User created and dropped within an hour', level: 'medium', tags: ['attack.t1136'], user: 'm.okafor', object: 'tmp_svc', count: 2, at: 0.33, description: 'An account lived for less than an hour.', falsepositives: ['A migration tool with a temporary account'] },
];

export function findings(rows: FakeRows): Finding[] {
  return TEMPLATES.map((template, index) => {
    const start = Math.floor(template.at * rows.count);
    const events = Array.from({ length: Math.min(template.count, 25) }, (_, n) =>
      Math.min(rows.count - 1, start + n * 7),
    );
    const first = events[0] ?? 0;
    return {
      id: `${template.rule}@${rows.idOf(first)}`,
      rule: template.rule,
      title: template.title,
      level: template.level,
      tags: template.tags,
      triage: index === 8 ? 'benign' : index === 0 ? 'confirmed' : 'new',
      count: template.count,
      events: events.map((i) => rows.idOf(i)),
      first: rows.timeAt(first),
      last: rows.timeAt(events.at(-1) ?? first),
      user: template.user,
      ...(template.object === undefined ? {} : { object: template.object }),
      source: template.rule.includes('bulk') ? 'maria-crm' : 'pg-prod-1',
      selections: ['selection', 'not filter_jobs'],
      notes:
        index === 0
          ? [
              {
                id: 'N1',
                at: '2026-03-09T10:12:44Z',
                by: 'Ines Prasad',
                text: 'Change calendar checked: no window was announced for this night.',
              },
            ]
          : [],
      userTags: index < 2 ? ['report'] : [],
    };
  });
}

export function findingDetail(rows: FakeRows, finding: Finding): FindingDetail {
  const template = TEMPLATES.find((one) => one.rule === finding.rule);
  return {
    ...finding,
    description: template?.description ?? '',
    author: 'DB Witness',
    references: ['https://attack.mitre.org/'],
    falsepositives: template?.falsepositives ?? [],
    ruleText: `title: ${finding.title}\nid: ${fakeDigest(finding.title.length, 32)}\nstatus: test\nlogsource:\n  category: database\ndetection:\n  selection:\n    object: ${finding.object ?? '*'}\n    user: ${finding.user ?? '*'}\n  filter_jobs:\n    application: airflow\n  condition: selection and not filter_jobs\nlevel: ${finding.level}\n`,
    sql: `SELECT event_id FROM event\nWHERE object = '${finding.object ?? ''}' AND user = '${finding.user ?? ''}'\n  AND NOT (application = 'airflow')`,
    why: finding.events.map((event) => {
      const i = rows.rowOf(event);
      return {
        event,
        record: rows.row(i, ['event_id', 'time', 'user', 'action', 'object', 'rows', 'statement']),
        fields: ['user', 'object', 'rows'].flatMap((name) => {
          const value = rows.field(i, name);
          return value === undefined ? [] : [{ name, value: String(value) }];
        }),
      };
    }),
  };
}

export function ruleOutcomes(list: readonly Finding[]): readonly RuleOutcome[] {
  const ran = list.map(
    (finding): RuleOutcome => ({
      rule: finding.rule,
      title: finding.title,
      status: 'ran',
      matches: finding.count,
      absentFields: [],
      ms: 40 + finding.title.length,
    }),
  );
  return [
    ...ran,
    {
      rule: 'wrapped-object',
      title: 'Wrapped or obfuscated object created',
      status: 'ran',
      matches: 0,
      absentFields: [],
      ms: 31,
    },
    {
      rule: 'mssql-xp-cmdshell',
      title: 'xp_cmdshell switched on',
      status: 'skipped',
      reason: 'No source of this case is a SQL Server.',
      matches: 0,
      absentFields: [],
      ms: 0,
    },
    {
      rule: 'row-volume-baseline',
      title: 'Rows read far above the account’s usual day',
      status: 'skipped',
      reason: 'Needs the field rows, which server_audit does not log.',
      matches: 0,
      absentFields: ['rows'],
      ms: 0,
    },
    {
      rule: 'regex-heavy',
      title: 'Statement built from encoded text',
      status: 'failed',
      reason: 'The pattern uses a look-behind, which RE2 does not have (sigma/regex-not-re2).',
      matches: 0,
      absentFields: [],
      ms: 2,
    },
  ];
}
