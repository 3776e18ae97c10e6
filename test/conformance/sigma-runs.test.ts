import { DEFAULT_ESTATE } from '@dbwitness/shared/estate/parse-estate.ts';
import type { RuleRun } from '@dbwitness/shared/sigma/detection.ts';
import { loadRules } from '@dbwitness/shared/sigma/load-rules.ts';
import { explain } from '@dbwitness/shared/sigma/run/explain.ts';
import { RunCancelled } from '@dbwitness/shared/sigma/run/rows.ts';
import type { RunOptions } from '@dbwitness/shared/sigma/run/run-options.ts';
import { runRules } from '@dbwitness/shared/sigma/run/run-rules.ts';
import { compileToSql } from '@dbwitness/shared/sigma/sql/compile-to-sql.ts';
import { correlationToSql } from '@dbwitness/shared/sigma/sql/correlation-to-sql.ts';
import { duckdbText } from '@dbwitness/shared/sigma/sql/duckdb.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { openDuckDb } from './duckdb-engine.ts';
import { makeTables, type Row } from './event-tables.ts';

const duckdb = await openDuckDb();
afterAll(() => duckdb.close());

const START = Date.UTC(2026, 0, 5, 10) * 1e3;
const minutes = (n: number) => n * 60e6;

/** Events by the minute at which they happen. */
async function given(...events: readonly (readonly [minute: number, fields: Row])[]): Promise<void> {
  await makeTables(
    duckdb.connection,
    events.map(([minute, fields]) => ({ at: START + minutes(minute), fields })),
  );
}

function rulesOf(text: string) {
  const { value, problems } = loadRules([{ name: 'case.yml', text }]);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return value;
}

async function runsOf(text: string, options: RunOptions = {}): Promise<readonly RuleRun[]> {
  const runs: RuleRun[] = [];
  for await (const run of runRules(rulesOf(text), duckdb.engine, options)) runs.push(run);
  return runs;
}

const base = (name: string, action: string) =>
  `---\ntitle: Base ${name}\nname: ${name}\nlogsource: {category: database}\ndetection:\n  sel: {action: ${action}}\n  condition: sel\n`;
const BASES = base('login', 'CONNECT') + base('grant', 'GRANT') + base('copy', 'COPY TO');
const correlation = (body: string) =>
  `title: Correlation\nname: outer\ncorrelation:\n  ${body.trim().replaceAll('\n', '\n  ')}\n`;

describe('correlations on DuckDB (SIGMA §7)', () => {
  it('K8: rules seen together, by user, whatever the case of the name', async () => {
    await given(
      [0, { user: 'eve', action: 'CONNECT' }],
      [2, { user: 'Eve', action: 'GRANT' }],
      [3, { user: 'bob', action: 'CONNECT' }],
      [9, { user: 'bob', action: 'GRANT' }],
    );
    const [run, ...more] = await runsOf(
      correlation('type: temporal\nrules: [login, grant]\ngroup-by: [user]\ntimespan: 5m') +
        base('login', 'CONNECT') +
        base('grant', 'GRANT'),
    );
    expect(more).toEqual([]);
    expect(run).toMatchObject({
      status: 'ran',
      total: 1,
      matches: [
        {
          events: ['E001:0', 'E001:1'],
          count: 2,
          first: START,
          last: START + minutes(2),
          fired_at: START + minutes(2),
          group: { user: 'eve' },
          value: 2,
        },
      ],
    });
  });

  it('K9: only in the order of the list', async () => {
    const ordered =
      correlation('type: temporal_ordered\nrules: [login, grant, copy]\ngroup-by: [user]\ntimespan: 10m') +
      BASES;
    await given(
      [0, { user: 'e', action: 'COPY TO' }],
      [1, { user: 'e', action: 'CONNECT' }],
      [2, { user: 'e', action: 'GRANT' }],
    );
    expect((await runsOf(ordered))[0]?.total).toBe(0);
    await given(
      [0, { user: 'e', action: 'CONNECT' }],
      [1, { user: 'x', action: 'CONNECT' }],
      [2, { user: 'e', action: 'GRANT' }],
      [3, { user: 'e', action: 'COPY TO' }],
    );
    expect((await runsOf(ordered))[0]?.matches[0]?.events).toEqual(['E001:0', 'E001:2', 'E001:3']);
  });

  it('K10: a boolean condition without rules', async () => {
    const text =
      correlation('type: temporal\ngroup-by: [user]\ntimespan: 5m\ncondition: login and not grant') + BASES;
    await given(
      [0, { user: 'a', action: 'CONNECT' }],
      [1, { user: 'a', action: 'GRANT' }],
      [2, { user: 'b', action: 'CONNECT' }],
    );
    expect(
      (await runsOf(text)).find(({ title }) => title === 'Correlation')?.matches.map(({ group }) => group),
    ).toEqual([{ user: 'b' }]);
  });

  it('K2, K7: what cannot take part is counted', async () => {
    const text =
      correlation(
        'type: value_sum\nrules: [copy]\ngroup-by: [user]\ntimespan: 5m\ncondition: {field: rows, gte: 10}',
      ) + base('copy', 'COPY TO');
    await given(
      [0, { user: 'a', action: 'COPY TO', rows: 6 }],
      [1, { action: 'COPY TO', rows: 6 }],
      [2, { user: 'a', action: 'COPY TO' }],
      [3, { user: 'a', action: 'COPY TO', rows: 5 }],
      [4, { user: 'a', action: 'COPY TO', rows: 50, time: null }],
    );
    expect((await runsOf(text))[0]).toMatchObject({
      matches: [{ value: 11, count: 2 }],
      leftOut: { 'without user': 1, 'without a usable rows': 1, 'without time': 1 },
    });
  });

  it('K11: an alias reads another field for each rule', async () => {
    const text =
      correlation(
        'type: temporal\nrules: [login, grant]\ngroup-by: [who]\ntimespan: 5m\naliases:\n  who: {login: user, grant: effective_user}',
      ) + BASES;
    await given(
      [0, { user: 'eve', action: 'CONNECT' }],
      [1, { user: 'app', effective_user: 'EVE', action: 'GRANT' }],
    );
    expect((await runsOf(text)).find(({ title }) => title === 'Correlation')?.matches).toMatchObject([
      { group: { who: 'eve' }, count: 2 },
    ]);
  });

  it('K12: a correlation of a correlation', async () => {
    const inner = `---\ntitle: Many logins\nname: many\ncorrelation:\n  type: event_count\n  rules: [login]\n  group-by: [user, client_ip]\n  timespan: 5m\n  condition: {gte: 3}\n`;
    const text =
      correlation('type: temporal_ordered\nrules: [many, grant]\ngroup-by: [user]\ntimespan: 1h') +
      inner +
      BASES;
    const login: Row = { user: 'eve', client_ip: '10.0.0.1', action: 'CONNECT' };
    await given(
      [0, login],
      [1, login],
      [2, login],
      [30, { user: 'eve', action: 'GRANT' }],
      [40, { user: 'bob', action: 'GRANT' }],
    );
    const run = (await runsOf(text)).find(({ title }) => title === 'Correlation');
    expect(run).toMatchObject({
      matches: [{ group: { user: 'eve' }, fired_at: START + minutes(30), count: 4 }],
    });
  });

  it('reports the base rules too where it generates', async () => {
    const text = `${correlation('type: event_count\nrules: [login]\ngroup-by: [user]\ntimespan: 5m\ncondition: {gte: 1}')}generate: true\n${base('login', 'CONNECT')}`;
    await given([0, { user: 'a', action: 'CONNECT' }]);
    expect((await runsOf(text)).map(({ title, total }) => [title, total])).toEqual([
      ['Base login', 1],
      ['Correlation', 1],
    ]);
  });

  it('tells why it could not run', async () => {
    await given([0, { user: 'a' }]);
    const text = `${correlation('type: event_count\nrules: [web]\ngroup-by: [user]\ntimespan: 5m\ncondition: {gte: 1}')}---\ntitle: Web\nname: web\nlogsource: {category: webserver}\ndetection: {sel: {a: b}, condition: sel}\n`;
    expect((await runsOf(text))[0]).toMatchObject({
      status: 'skipped',
      reason: '“Web”: its log source is not a database log',
    });
  });
});

describe('runs', () => {
  const rule = (body: string, more = '') =>
    `title: Rule\n${more}logsource: {category: database}\ndetection:\n  ${body}\n`;
  const simple = rule('sel: {user: a}\n  other: {database: b}\n  condition: 1 of them');

  it('tells which searches held, and which fields no event has', async () => {
    await given([0, { user: 'a', database: 'b' }], [1, { database: 'b' }]);
    const [run] = await runsOf(
      rule('sel: {user: a}\n  other: {database: b, colour: null, role: null}\n  condition: 1 of them'),
    );
    expect(run).toMatchObject({ status: 'ran', total: 2, absentFields: ['colour', 'role'] });
    expect(run?.matches.map(({ selections }) => selections)).toEqual([['sel', 'other'], ['other']]);
  });

  it('P2: does not run a rule whose placeholder nothing defines', async () => {
    await given([0, { user: 'dba' }]);
    const text = rule("sel: {user|expand: '%shared_accounts%'}\n  condition: sel");
    expect(await runsOf(text)).toMatchObject([
      {
        status: 'skipped',
        needs: 'estate',
        reason: expect.stringMatching(/needs %shared_accounts%.*attach an estate/),
      },
    ]);
    expect(
      await runsOf(text, { estate: { ...DEFAULT_ESTATE, shared_accounts: ['DBA', 'ops*'] } }),
    ).toMatchObject([{ status: 'ran', total: 1 }]);
    expect(await runsOf(text, { estate: DEFAULT_ESTATE })).toMatchObject([{ status: 'ran', total: 0 }]);
  });

  it('P2: runs a rule that only leaves something out by an undefined list, and says so', async () => {
    await given([0, { user: 'dba' }]);
    const text = rule(
      "sel: {user: dba}\n  filter_own: {user|expand: ['%service_accounts%', backup]}\n  condition: sel and not 1 of filter_*",
    );
    const notes = ['ran without %service_accounts%: nothing was left out'];
    expect(await runsOf(text)).toMatchObject([{ status: 'ran', total: 1, notes }]);
    expect((await runsOf(text, { estate: DEFAULT_ESTATE }))[0]).not.toHaveProperty('notes');
    const neq = rule("sel: {user|expand|neq: '%service_accounts%'}\n  condition: sel");
    expect(await runsOf(neq)).toMatchObject([{ status: 'ran', total: 1, notes }]);
    expect(await runsOf(neq.replace('condition: sel', 'condition: not sel'))).toMatchObject([
      { status: 'skipped' },
    ]);
    const counted = text
      .replace('title: Rule', 'title: Rule\nname: own')
      .concat(
        `---\n${correlation('type: event_count\nrules: [own]\ngroup-by: [user]\ntimespan: 5m\ncondition: {gte: 1}')}`,
      );
    expect(await runsOf(counted)).toMatchObject([{ status: 'ran', total: 1, notes }]);
  });

  it('does not run a rule on a flag that only an estate gives', async () => {
    await given([0, { user: 'a', flags: ['export'] }]);
    const flagged = rule('sel: {flags|all: [export, sensitive_object]}\n  condition: sel');
    expect(await runsOf(flagged)).toMatchObject([
      {
        status: 'skipped',
        needs: 'estate',
        reason: expect.stringMatching(/flag sensitive_object.*attach an estate/),
      },
    ]);
    expect(await runsOf(flagged, { estate: DEFAULT_ESTATE })).toMatchObject([{ status: 'ran', total: 0 }]);
    const either = rule('sel: {flags: [export, sensitive_object]}\n  condition: sel');
    expect(await runsOf(either)).toMatchObject([
      { status: 'ran', total: 1, notes: [expect.stringContaining('sensitive_object')] },
    ]);
    const hours = rule('sel: {flags: off_hours}\n  condition: sel');
    expect(await runsOf(hours, { estate: DEFAULT_ESTATE })).toMatchObject([
      { status: 'skipped', reason: expect.stringContaining('no working hours') },
    ]);
  });

  it('F1: applies filters as they are written', async () => {
    const filter = `---\ntitle: Filter\nlogsource: {category: database}\nfilter:\n  rules: any\n  sel: {client_ip: 10.0.0.1}\n  condition: not sel\n`;
    await given([0, { user: 'a', client_ip: '10.0.0.1' }], [1, { user: 'a', client_ip: '10.0.0.2' }]);
    expect(
      (await runsOf(simple + filter)).map(({ matches }) => matches.map(({ events }) => events[0])),
    ).toEqual([['E001:1']]);
  });

  it('keeps the earliest matches and counts all', async () => {
    await given(...Array.from({ length: 30 }, (_, i) => [30 - i, { user: 'a' }] as const));
    const [run] = await runsOf(simple, { limit: 3 });
    expect(run?.total).toBe(30);
    expect(run?.matches.map(({ events }) => events[0])).toEqual(['E001:29', 'E001:28', 'E001:27']);
  });

  it('puts windows beyond the most together, and leaves none out', async () => {
    const text =
      correlation('type: event_count\nrules: [login]\ngroup-by: [user]\ntimespan: 1m\ncondition: {gte: 1}') +
      base('login', 'CONNECT');
    await given(
      ...[0, 10, 20, 30].map(
        (minute) => [minute, { user: minute === 20 ? 'eve' : 'app', action: 'CONNECT' }] as const,
      ),
    );
    const grouping = { fields: [], levels: 1, key: () => '' };
    const [run] = await runsOf(text, { limit: 1, grouping });
    expect(run).toMatchObject({ status: 'ran', total: 4 });
    expect(run?.matches.map(({ group, count, events }) => [group?.user, count, events])).toEqual([
      ['app', 1, ['E001:0']],
      ['app', 2, ['E001:1', 'E001:3']],
      ['eve', 1, ['E001:2']],
    ]);
  });

  it('looks only at its scope', async () => {
    await given([0, { user: 'a' }], [1, { user: 'a' }], [2, { user: 'a' }]);
    const scope = { from: START + minutes(1), to: START + minutes(2) };
    expect((await runsOf(simple, { scope }))[0]?.matches.map(({ events }) => events)).toEqual([['E001:1']]);
    expect((await runsOf(simple, { scope: { exhibits: ['E002'] } }))[0]?.total).toBe(0);
  });

  it('routes by product', async () => {
    await given([0, { product: 'mariadb', user: 'a' }], [1, { product: 'postgresql', user: 'a' }]);
    const mysql = simple.replace('category: database', 'category: database, product: mysql');
    expect((await runsOf(mysql))[0]?.matches.map(({ events }) => events)).toEqual([['E001:0']]);
  });

  it('runs more rules than one pass holds', async () => {
    await given([0, { user: 'u63' }]);
    const many = Array.from({ length: 65 }, (_, i) =>
      rule(`sel: {user: u${i}}\n  condition: sel`).replace('Rule', `Rule ${i}`),
    ).join('---\n');
    const runs = await runsOf(many);
    expect(runs).toHaveLength(65);
    expect(runs.filter(({ total }) => total > 0).map(({ title }) => title)).toEqual(['Rule 63']);
  });

  it('stops when it is cancelled', async () => {
    await given([0, { user: 'a' }]);
    await expect(runsOf(simple, { signal: { aborted: true } })).rejects.toThrow(RunCancelled);
  });

  it('shows SQL that gives the same events', async () => {
    await given(
      [0, { user: 'A', client_ip: '10.1.2.3' }],
      [1, { user: 'a', client_ip: '11.1.2.3' }],
      [2, { user: 'b', statement: 'DROP TABLE x' }],
    );
    const [first] = rulesOf(
      rule(
        'sel: {user: a, client_ip|cidr: 10.0.0.0/8}\n  other: {statement|contains: drop}\n  condition: 1 of them',
      ),
    ).rules;
    const shown = first?.kind === 'detection' ? compileToSql(first, duckdbText) : undefined;
    const sql = shown !== undefined && 'sql' in shown ? shown.sql : '';
    expect(sql).toContain(`sigma_fold(e."user") = 'a'`);
    const statements = await duckdb.connection.extractStatements(sql);
    for (let i = 0; i < statements.count - 1; i++) await (await statements.prepare(i)).run();
    const result = await (await statements.prepare(statements.count - 1)).runAndReadAll();
    expect(result.getRowObjectsJS().map((row) => row.event_id)).toEqual(['E001:0', 'E001:2']);
  });

  it('shows what a correlation reads and asks', () => {
    const rules = rulesOf(
      correlation(
        'type: value_sum\nrules: [copy]\ngroup-by: [user]\ntimespan: 5m\ncondition: {field: rows, gte: 10}',
      ) + base('copy', 'COPY TO'),
    );
    const outer = rules.rules.find((candidate) => candidate.kind === 'correlation');
    const shown = outer === undefined ? '' : correlationToSql(outer, rules, duckdbText);
    expect(shown).toMatch(/^-- Base copy\nCREATE OR REPLACE TEMP MACRO sigma_fold/);
    expect(shown).toContain(`WHERE sigma_fold(e."action") = 'copy to'`);
    expect(shown.trimEnd().split('\n').at(-1)).toBe(
      '-- The rows are read in order of time, divided by user; a sliding window of 300 seconds matches where value_sum of rows is gte 10.',
    );
  });

  it('explains each test with the value that it met', async () => {
    await given([0, { user: 'Eve', rows: 7, flags: ['export', 'off_hours'] }]);
    const [first] = rulesOf(
      rule(
        'sel: {user: eve, rows|gt: 5}\n  not_this: {flags: [destructive]}\n  condition: sel and not not_this',
      ),
    ).rules;
    const explained = first?.kind === 'detection' ? await explain(first, duckdb.engine, ['E001:0']) : [];
    expect(explained).toEqual([
      {
        event: 'E001:0',
        selections: [
          { name: 'sel', satisfied: true },
          { name: 'not_this', satisfied: false },
        ],
        tests: [
          { selection: 'sel', field: 'user', asks: 'is eve', value: 'Eve', satisfied: true },
          { selection: 'sel', field: 'rows', asks: 'is above 5', value: '7', satisfied: true },
          {
            selection: 'not_this',
            field: 'flags',
            asks: 'is destructive',
            value: 'export, off_hours',
            satisfied: false,
          },
        ],
      },
    ]);
  });
});
