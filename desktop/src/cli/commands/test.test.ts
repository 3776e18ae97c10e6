import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../main.ts';

const BURST = `title: Burst
id: 9f8ae0a6-7a2c-4bb0-8a9c-2d9d8a9d0001
correlation:
  type: event_count
  rules: [refused]
  group-by: [user]
  timespan: 1m
  condition: {gte: 3}
---
title: Refused
name: refused
logsource: {product: windows}
detection:
  sel: {EventID: 4625}
  condition: sel
`;

const FILES: Readonly<Record<string, string>> = {
  'own/drop.yml': `title: Drop
id: 9f8ae0a6-7a2c-4bb0-8a9c-2d9d8a9d0002
author: Jane Doe
logsource: {category: process_creation, product: windows}
detection:
    sel:
        CommandLine|contains|all:
            - drop
            - table
    filter:
        User: backup
    condition: sel and not filter
`,
  'own/drop.test.yml': `tests:
    - name: dropped
      event: { CommandLine: 'psql -c "DROP TABLE x"', User: eve }
    - name: two of three
      matches: [0, 2]
      events:
          - { event: { CommandLine: drop table } }
          - { event: { CommandLine: drop index } }
          - { event: { CommandLine: table drop } }
    - name: by the backup
      expect: no-match
      event: { CommandLine: drop table, User: Backup }
`,
  'own/burst.yml': BURST,
  'own/burst.test.yml': `tests:
    - name: three of one
      match_count: 1
      group: { user: EVE }
      window: { first: 10s, last: 50s }
      events:
          - { offset: 10s, repeat: 3, every: 20s, event: { EventID: 4625, user: eve } }
    - name: two, and two in the next case do not add up
      expect: no-match
      events:
          - { offset: 0s, repeat: 2, every: 1s, event: { EventID: 4625, user: bob } }
    - name: two of the same
      expect: no-match
      events:
          - { offset: 0s, repeat: 2, every: 1s, event: { EventID: 4625, user: bob } }
    - name: the rule that it refers to
      rule: refused
      event: { EventID: 4625 }
`,
  'own/untested.yml': 'title: Untested\nlogsource: {category: x}\ndetection: {sel: {a: 1}, condition: sel}\n',
  'failing/drop.yml': `title: Drop
logsource: {category: x}
detection:
    sel:
        cmd|startswith: drop
        user: eve
    condition: sel
`,
  'failing/drop.test.yml': `tests:
    - name: by another
      event: { cmd: "drop <&> \\u0001", user: bob }
    - name: seen
      expect: no-match
      event: { cmd: drop, user: eve }
`,
  'faulty/bad.yml':
    'title: Bad\nlogsource: {category: x}\ndetection: {sel: {"a|nosuch": b}, condition: sel}\n',
  'faulty/bad.test.yml': 'tests:\n  - name: cannot run\n    expect: error\n',
  'broken/a.yml': 'title: A\nlogsource: {category: x}\ndetection: {sel: {a: 1}, condition: sel}\n',
  'broken/a.test.yml': 'tests:\n  - {name: x, expects: match, event: {a: 1}}\n  - {name: y, event: {a: 1}}\n',
  'broken/lone.test.yml': 'tests:\n  - {name: y, event: {a: 1}}\n',
  'database/read.yml': `title: Sensitive Read
logsource: {category: database, product: postgresql}
detection:
    sel:
        class: data_read
        flags: sensitive_object
        objects.name|endswith: .customers
    service:
        user|expand: '%service_accounts%'
    condition: sel and not service
`,
  'database/read.test.yml': `estate: { sensitive: [crm.customers], service_accounts: [etl] }
tests:
    - name: a statement is understood, and the estate marks it
      event: { product: postgresql, user: eve, statement: SELECT * FROM crm.customers }
    - name: by a service account
      expect: no-match
      event: { product: postgresql, user: ETL, statement: SELECT * FROM crm.customers }
    - name: another table
      expect: no-match
      event: { product: postgresql, user: eve, statement: SELECT * FROM crm.orders }
    - name: a message of pgAudit as its documentation shows it
      source: pgaudit
      raw: 'AUDIT: SESSION,1,1,READ,SELECT,TABLE,crm.customers,"SELECT * FROM crm.customers;",<not logged>'
    - name: a log of the server
      data: logs/server.log
      match_count: 1
      matches: [1]
    - name: a text that is no log
      expect: no-match
      source: csvlog
      raw: nothing of it
    - name: a file that is not there
      expect: no-match
      data: logs/none.log
`,
  'database/logs/server.log': `2026-01-05 10:00:00.000 UTC [7] eve@shop LOG:  connection authorized: user=eve database=shop
2026-01-05 10:00:01.000 UTC [7] eve@shop LOG:  AUDIT: SESSION,1,1,READ,SELECT,TABLE,crm.customers,"SELECT id FROM crm.customers",<not logged>
2026-01-05 10:00:02.000 UTC [7] eve@shop LOG:  disconnection: session time: 0:00:02.000 user=eve database=shop host=[local]
`,
  'others/rules/a.yml': `title: A
id: 9f8ae0a6-7a2c-4bb0-8a9c-2d9d8a9d0003
logsource: {category: x}
detection: {sel: {a: 1}, condition: sel}
regression_tests_path: regression_data/a/info.yml
testcases: {match: [{a: 1}], dont-match: [{a: 2}]}
`,
  'others/rules/a_test.yaml': 'event: {a: 1}\n---\nmatch: false\nevent: {b: 1}\n',
  'others/regression_data/a/info.yml': `rule_metadata: [{id: 9f8ae0a6-7a2c-4bb0-8a9c-2d9d8a9d0003, title: A}]
regression_tests_info:
  - {name: log, type: evtx, path: regression_data/a/a.evtx, match_count: 1}
  - {name: lines, type: json, path: regression_data/a/a.json, match_count: 2}
`,
  'others/regression_data/a/a.json': '{"a": 1}\n{"a": 2}\n{"a": "1"}\n',
  'others/splunk.yml': 'search: x\ntests:\n  - {name: True Positive, attack_data: [{data: x}]}\n',
  'backtest/burst.yml': BURST,
  'backtest/other.yml':
    'title: Other\nlogsource: {category: x}\ndetection: {sel: {EventID: 1}, condition: sel}\n',
  'backtest/expectations.yml': `defaults: {unexpected_detections: fail}
expectations:
  - {rule: Burst, exactly: 0}
  - {rule: Refused, corpus: one.ndjson, at_least: 2}
`,
  'backtest/corpus/one.ndjson':
    '{"EventID": 4625, "user": "a", "time": "2026-01-05T10:00:00Z"}\n{"EventID": 4625, "user": "a", "time": "2026-01-05T10:00:01Z"}\n',
  'backtest/corpus/two.ndjson':
    '{"EventID": 4625, "user": "a", "time": "2026-01-05T10:00:02Z"}\n{"EventID": 1}\n',
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dbwitness-test-'));
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `dbwitness test` in this process; `@` stands for the test's folder, which is taken out of what it says. */
async function run(line: string) {
  const [out, err, input] = [new PassThrough(), new PassThrough(), new PassThrough()];
  input.end();
  const words = line.split(' ').map((word) => word.replace(/^@/, `${folder}/`));
  const code = await main(['test', ...words], { out, err, in: input }, new AbortController().signal);
  const said = (stream: PassThrough) => String(stream.read() ?? '').replaceAll(`${folder}/`, '');
  return { code, out: said(out), err: said(err) };
}

interface Result {
  readonly name: string;
  readonly status: string;
  readonly why?: readonly string[];
}

async function results(line: string): Promise<Readonly<Record<string, string>>> {
  const { out } = await run(`${line} --json`);
  const { rules } = JSON.parse(out) as { rules: { title: string; tests: Result[] }[] };
  return Object.fromEntries(
    rules.flatMap(({ title, tests }) =>
      tests.map(({ name, status, why = [] }) => [`${title}: ${name}`, [status, ...why].join('; ')]),
    ),
  );
}

describe('dbwitness test', () => {
  it.each(['duckdb', 'sqlite'])('runs tests beside rules on %s, each by itself', async (engine) => {
    const { code, out, err } = await run(`@own --engine ${engine}`);
    expect(err).toBe('');
    expect(out.split('\n').slice(0, -2)).toEqual([
      'own/burst.yml: pass  “Burst”: 3 of 3',
      'own/burst.yml: pass  “Refused”: 1 of 1',
      'own/drop.yml: pass  “Drop”: 3 of 3',
      'own/untested.yml: no tests for “Untested”',
    ]);
    expect(out).toContain('7 passed, 0 failed; 1 rule without tests.');
    expect(code).toBe(0);
  });

  it('finds the tests of a rule and the rule of tests', async () => {
    for (const path of ['@own/drop.yml', '@own/drop.test.yml'])
      expect(Object.keys(await results(path))).toEqual([
        'Drop: dropped',
        'Drop: two of three',
        'Drop: by the backup',
      ]);
  });

  it('says of a failed test what was found and which of the rule’s tests decided', async () => {
    const { code, out } = await run('@failing');
    expect(code).toBe(1);
    expect(out.split('\n').slice(0, -2)).toEqual([
      'failing/drop.yml: FAIL  “Drop”: 0 of 2',
      '  FAIL  by another (failing/drop.test.yml:2)',
      '    expected a match, found 0',
      '    nothing matched',
      '    event 0: sel no',
      '      yes sel: cmd is drop*; it is drop <&> ␁',
      '      no  sel: user is eve; it is bob',
      '  FAIL  seen (failing/drop.test.yml:4)',
      '    expected no match, found 1',
      '    matched: event 0',
      '    event 0: sel yes',
      '      yes sel: cmd is drop*; it is drop',
      '      yes sel: user is eve; it is eve',
    ]);
  });

  it('writes JUnit that any reader takes, whatever stands in the data', async () => {
    const { code, out, err } = await run('@failing --format junit');
    expect(code).toBe(1);
    expect(err).toContain('0 passed, 2 failed');
    expect(out).toContain('<testsuites name="dbwitness test" tests="2" failures="2" errors="0">');
    expect(out).toContain('<testcase classname="failing/drop.yml" name="by another"');
    expect(out).toContain('drop &lt;&amp;&gt; \ufffd');
    expect(out.replace(/[\t\n\r\u0020-\ud7ff\ue000-\ufffd]/g, '')).toBe('');
    for (const path of ['@failing', '@own --mutate', '@broken', '@others'])
      expect(faultOf((await run(`${path} --format junit`)).out)).toBeUndefined();
  });

  it('expects of a rule that it cannot run', async () => {
    expect(await results('@faulty')).toEqual({ 'Bad: cannot run': 'passed' });
  });

  it('tells what is wrong with files, and runs what is left', async () => {
    const { code, out } = await run('@broken');
    expect(code).toBe(3);
    expect(out).toContain('broken/a.test.yml:2 error “expects” means nothing here. (rule-test/unknown-key)');
    expect(out).toContain('broken/lone.test.yml:2 error There is no rule for these tests: there is no');
    expect(out).toContain('broken/a.yml: pass  “A”: 1 of 1');
    expect((await run('@nothing')).code).toBe(2);
    expect((await run('@own --json --format junit')).code).toBe(2);
  });

  it('understands events of databases as the workbench does, inline, raw and from files', async () => {
    expect(await results('@database')).toEqual({
      'Sensitive Read: a statement is understood, and the estate marks it': 'passed',
      'Sensitive Read: by a service account': 'passed',
      'Sensitive Read: another table': 'passed',
      'Sensitive Read: a message of pgAudit as its documentation shows it': 'passed',
      'Sensitive Read: a log of the server': 'passed',
      'Sensitive Read: a text that is no log': expect.stringMatching(
        /^failed; its raw text is not all log records: line 1/,
      ),
      'Sensitive Read: a file that is not there': 'failed; there is no file logs/none.log',
    });
  });

  it('reads the tests of other tools where they stand', async () => {
    expect(await results('@others')).toEqual({
      'A: log': expect.stringMatching(/^not run; .*evtx/),
      'A: lines': 'passed',
      'A: 0': 'passed',
      'A: 1': 'passed',
      'A: match 0': 'passed',
      'A: dont-match 0': 'passed',
    });
    const { code, out } = await run('@others');
    expect(out).toContain('others/splunk.yml: none  True Positive: ');
    expect(out).toContain('2 could not be run');
    expect(code).toBe(0);
  });

  it('judges files of a corpus apart, and rules that must not match there', async () => {
    expect(await results('@backtest')).toEqual({
      'Burst: exactly 0 in the corpus': 'passed',
      'Refused: at least 2 in one.ndjson': 'passed',
      'Other: no unexpected match in the corpus': 'failed; expected no match, found 1',
    });
  });

  it('tells which changes of a rule no test notices', async () => {
    const { code, out } = await run('@own --mutate --json');
    expect(code).toBe(0);
    const { rules } = JSON.parse(out) as {
      rules: {
        title: string;
        mutation: {
          mutants: number;
          noticed: number;
          unnoticed: { mutation: string; line: number; diff: string }[];
        };
      }[];
    };
    const of = (title: string) => rules.find((rule) => rule.title === title)?.mutation;
    const unnoticed = (title: string) =>
      of(title)?.unnoticed.map(({ mutation, line, diff }) => [mutation, line, diff]);
    expect([of('Drop')?.mutants, of('Burst')?.mutants, of('Refused')?.mutants]).toEqual([9, 6, 0]);
    // No test has a command with only the other word, and none events that are more than a minute apart.
    expect(unnoticed('Drop')).toEqual([['value dropped', 8, '-             - drop']]);
    expect(unnoticed('Burst')).toEqual([['timespan changed', 7, '-   timespan: 1m\n+   timespan: 2m']]);
    expect(unnoticed('Refused')).toEqual([]);
    expect((await run('@failing --mutate')).out).toContain('no mutants: tests fail');
  });
});

/** What elements of the report may hold and have, by the schema that Jenkins holds reports to (junit-10.xsd). */
const SCHEMA: Readonly<Record<string, readonly [within: string, attributes: readonly string[]]>> = {
  testsuites: ['', ['name', 'time', 'tests', 'failures', 'errors']],
  testsuite: ['testsuites', ['name', 'tests', 'failures', 'errors', 'time', 'skipped', 'file']],
  testcase: ['testsuite', ['name', 'time', 'classname']],
  'system-out': ['testsuite', []],
  failure: ['testcase', ['message', 'type']],
  error: ['testcase', ['message', 'type']],
  skipped: ['testcase', ['message', 'type']],
};

/** What is not well-formed or not valid; enough for XML without comments, sections and processing instructions. */
function faultOf(xml: string): string | undefined {
  const open: string[] = [];
  for (const [tag, close, name = '', attributes = '', empty] of xml
    .replace(/^<\?xml [^>]*\?>/, '')
    .matchAll(/<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g)) {
    if (close === '/') {
      if (open.pop() !== name || attributes !== '') return tag;
      continue;
    }
    const [within, known = []] = SCHEMA[name] ?? [];
    const names = [...attributes.matchAll(/ ([a-z]+)="/g)].map(([, attribute = '']) => attribute);
    if (within !== (open.at(-1) ?? '') || names.some((attribute) => !known.includes(attribute))) return tag;
    if (empty !== '/') open.push(name);
  }
  const text = xml.replace(/<[^>]*>/g, '');
  if (open.length > 0 || text.includes('<')) return open.join();
  return /&(?!(amp|lt|gt|quot|#\d+);)/.exec(text)?.[0];
}
