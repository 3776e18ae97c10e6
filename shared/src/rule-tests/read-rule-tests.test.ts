import { describe, expect, it } from 'vitest';
import { loadRules } from '../sigma/load-rules.ts';
import { readInlineTests, readRuleTests } from './read-rule-tests.ts';
import type { RuleTest } from './rule-test.ts';

const read = (text: string, file = 'x.test.yml') => {
  const found = readRuleTests(text, file);
  if (found === undefined) throw new Error('it is no test file');
  return found;
};

const eventsOf = (test: RuleTest | undefined) =>
  test?.input.kind === 'events' ? test.input.events : undefined;

const summary = (tests: readonly RuleTest[]) =>
  tests.map(({ name, expect: expected, count, notRunnable }) => [
    name,
    expected,
    count.least,
    ...(notRunnable === undefined ? [] : [notRunnable]),
  ]);

describe('our own format (SIGMA T1)', () => {
  it('reads single events, and events with offsets and repetition', () => {
    const { value, problems } = read(`
rule: login
tests:
  - name: one event
    expect: no-match
    event: { user: a, rows: 5, flags: [export], objects: [{ type: table, name: t, access: read }], ticket: null }
  - name: a burst
    match_count: 1
    matches: [3, 1, 2]
    group: { user: B }
    window: { first: 1m, last: 61s }
    events:
      - { event: { user: a } }
      - { offset: 1m, repeat: 3, every: 500ms, event: { user: b } }
`);
    expect(problems).toEqual([]);
    expect(value).toMatchObject({
      rule: 'login',
      format: 'dbwitness',
      start: Date.UTC(2026, 0, 5, 10) * 1000,
    });
    expect(value.tests[0]).toMatchObject({
      expect: 'no-match',
      count: { least: 0, most: 0 },
      at: { line: 4 },
    });
    expect(eventsOf(value.tests[0])).toEqual([
      {
        offset: undefined,
        fields: {
          user: 'a',
          rows: 5n,
          flags: ['export'],
          objects: [{ type: 'table', name: 't', access: 'read' }],
          ticket: null,
        },
      },
    ]);
    expect(value.tests[1]).toMatchObject({
      expect: 'match',
      count: { least: 1, most: 1 },
      wishes: { events: [1, 2, 3], group: { user: 'B' }, window: { first: 60e6, last: 61e6 } },
    });
    expect(eventsOf(value.tests[1])?.map(({ offset, fields }) => [offset, fields.user])).toEqual([
      [undefined, 'a'],
      [60e6, 'b'],
      [60.5e6, 'b'],
      [61e6, 'b'],
    ]);
  });

  it('reads raw records and files, what they are read by, the start and the estate', () => {
    const { value, problems } = read(`
source: csvlog
zone: Europe/Berlin
start: 2026-02-03T04:05:06.5+01:00
estate:
  service_accounts: [etl]
  zone: UTC
tests:
  - { name: one line, raw: 'a,b', line_prefix: '%m ' }
  - { name: two texts, source: pgaudit, raw: ["AUDIT: x\\n", "AUDIT: y"] }
  - { name: whole file, data: samples/a.csv, match_count: 0 }
  - { name: cannot run, expect: error }
`);
    expect(problems).toEqual([]);
    expect(value.start).toBe(Date.UTC(2026, 1, 3, 3, 5, 6, 500) * 1000);
    expect(value.estate).toEqual({ text: '  service_accounts: [etl]\n  zone: UTC\n' });
    expect(value.tests.map(({ input, reading, expect: expected }) => [input, reading, expected])).toEqual([
      [
        { kind: 'raw', text: 'a,b\n' },
        { source: 'csvlog', zone: 'Europe/Berlin', linePrefix: '%m ' },
        'match',
      ],
      [{ kind: 'raw', text: 'AUDIT: x\nAUDIT: y\n' }, { source: 'pgaudit', zone: 'Europe/Berlin' }, 'match'],
      [
        { kind: 'data', path: 'samples/a.csv', upwards: false },
        { source: 'csvlog', zone: 'Europe/Berlin' },
        'no-match',
      ],
      [{ kind: 'events', events: [] }, { source: 'csvlog', zone: 'Europe/Berlin' }, 'error'],
    ]);
  });

  it.each([
    ['', 'rule-test/no-tests'],
    ['tests: [', 'rule-test/yaml'],
    ['tests: []', 'rule-test/no-tests'],
    ['tests: [{expect: match, event: {a: b}}]', 'rule-test/name'],
    ['tests: [{name: x, expect: maybe, event: {a: b}}]', 'rule-test/expect'],
    ['tests: [{name: x, expect: match}]', 'rule-test/events'],
    ['tests: [{name: x, event: {a: b}, raw: y}]', 'rule-test/events'],
    ['tests: [{name: x, event: [a]}]', 'rule-test/event'],
    ['tests: [{name: x, events: [{offset: 0s}]}]', 'rule-test/event'],
    ['tests: [{name: x, expect: match, events: [{offset: 5, event: {a: b}}]}]', 'rule-test/offset'],
    ['tests: [{name: x, expect: match, match_count: "1", event: {a: b}}]', 'rule-test/count'],
    ['tests: [{name: x, events: [{repeat: 1000000, event: {a: b}}]}]', 'rule-test/count'],
    ['tests: [{name: x, name: y, expect: match, event: {a: b}}]', 'rule-test/duplicate-key'],
    ['tests: [{name: x, expects: match, event: {a: b}}]', 'rule-test/unknown-key'],
    ['tests: [{name: x, expect: no-match, match_count: 2, event: {a: b}}]', 'rule-test/contradiction'],
    ['tests: [{name: x, expect: match, match_count: 0, event: {a: b}}]', 'rule-test/contradiction'],
    ['tests: [{name: x, expect: no-match, group: {a: b}, event: {a: b}}]', 'rule-test/contradiction'],
    ['tests: [{name: x, matches: [1], event: {a: b}}]', 'rule-test/matches'],
    ['tests: [{name: x, group: {a: [b]}, event: {a: b}}]', 'rule-test/group'],
    ['tests: [{name: x, window: {from: 0s}, event: {a: b}}]', 'rule-test/window'],
    ['tests: [{name: x, raw: [1]}]', 'rule-test/raw'],
    ['tests: [{name: x, data: /etc/passwd}]', 'rule-test/data'],
    ['source: nothing\ntests: [{name: x, event: {a: b}}]', 'rule-test/source'],
    ['zone: Nowhere\ntests: [{name: x, event: {a: b}}]', 'rule-test/zone'],
    ['start: tomorrow\ntests: [{name: x, event: {a: b}}]', 'rule-test/start'],
    ['estate: [a]\ntests: [{name: x, event: {a: b}}]', 'rule-test/estate'],
    ['tests: [{name: x, event: {a: b}}, {name: x, event: {a: b}}]', 'rule-test/name-twice'],
    ['rule: [a]\ntests: [{name: x, event: {a: b}}]', 'rule-test/text'],
  ])('tells what is wrong with %j', (text, code) => {
    expect(read(text).problems.map((found) => found.code)).toContain(code);
  });

  it('leaves a faulty case out and keeps the others', () => {
    const { value } = read('tests: [{name: x, matches: [7], event: {a: b}}, {name: y, event: {a: b}}]');
    expect(value.tests.map(({ name }) => name)).toEqual(['y']);
  });

  it('never throws, whatever is cut off', () => {
    const text =
      'estate: {zone: UTC}\ntests:\n  - name: x\n    group: {a: b}\n    events: [{offset: 0s, repeat: 2, event: {a: [b]}}]\n';
    for (let end = 0; end <= text.length; end++) expect(() => read(text.slice(0, end))).not.toThrow();
  });

  it('is not taken for what it is not', () => {
    expect(readRuleTests('title: x\n', 'rule.yml')).toBeUndefined();
    expect(readRuleTests('- a\n- b\n', 'list.yml')).toBeUndefined();
  });
});

describe('formats of others (SIGMA T2)', () => {
  it('reads regression tests of SigmaHQ and lists those whose data is not read', () => {
    const { value, problems } = read(
      `id: 1\ndescription: d\nrule_metadata:\n    - id: 0b7c1d9e-5a1f-4c43-9f6e-2a4d5c1f8e70\n      title: t\nregression_tests_info:
    - {name: Sysmon, type: evtx, provider: p, match_count: 1, path: regression_data/a/a.evtx}
    - {name: Lines, type: json, provider: p, path: regression_data/a/a.json}\n`,
      'regression_data/a/info.yml',
    );
    expect(problems).toEqual([]);
    expect(value).toMatchObject({ format: 'sigmahq', rule: '0b7c1d9e-5a1f-4c43-9f6e-2a4d5c1f8e70' });
    expect(summary(value.tests)).toEqual([
      ['Sysmon', 'match', 1, expect.stringContaining('evtx')],
      ['Lines', 'match', 1],
    ]);
    expect(value.tests[1]?.input).toEqual({ kind: 'data', path: 'regression_data/a/a.json', upwards: true });
  });

  it('reads expectations of a backtest of rsigma', () => {
    const { value, problems } = read(
      `defaults: {unexpected_detections: fail}\nexpectations:
  - {rule: a, corpus: b/c.ndjson, at_least: 3, at_most: 10}
  - {rule: Some Title, exactly: 0}\n`,
      'expectations.yml',
    );
    expect(problems).toEqual([]);
    expect(value.othersMustNotMatch).toBe(true);
    expect(value.tests).toMatchObject([
      { rule: 'a', expect: 'match', count: { least: 3, most: 10 }, input: { path: 'corpus/b/c.ndjson' } },
      { rule: 'Some Title', expect: 'no-match', count: { least: 0, most: 0 }, input: { path: 'corpus' } },
    ]);
  });

  it('reads the files of sigma-test: a document a case, which matches where it does not say otherwise', () => {
    const { value } = read(
      'match: true\nevent: {a: 1}\n---\nevent: {a: 2}\n---\nmatch: false\nevent: {a: 3}\n',
      'x_test.yaml',
    );
    expect(value.format).toBe('sigma-test');
    expect(summary(value.tests)).toEqual([
      ['0', 'match', 1],
      ['1', 'match', 1],
      ['2', 'no-match', 0],
    ]);
  });

  it.each([
    ['AnalysisType: rule\nTests:\n  - {Name: Root login, ExpectedResult: true, Log: {a: b}}\n', 'Root login'],
    [
      'search: index=a\ntests:\n  - {name: True Positive, attack_data: [{data: "https://example.org"}]}\n',
      'True Positive',
    ],
  ])('lists tests of rules that are no Sigma', (text, name) => {
    const { value, problems } = read(text, 'other.yml');
    expect(problems).toEqual([]);
    expect(summary(value.tests)).toEqual([[name, 'match', 0, expect.any(String)]]);
  });

  it('reads tests that stand within rules: exemplars of rsigma, and cases of sigma-test 1', () => {
    const { value } = loadRules([
      {
        name: 'a.yml',
        text: `title: A
logsource: {category: test}
detection: {sel: {a: 1}, condition: sel}
custom_attributes:
  rsigma.exemplars:
    - {name: fires, expect: match, event: {a: 1}}
    - {expect: no-match, events: [{offset: 0s, event: {a: 2}}, {offset: 30s, event: {a: 3}}]}
testcases:
  match: [{a: 1}]
  dont-match: [{a: 2}, {b: 1}]
`,
      },
    ]);
    const [exemplars, cases] = value.documents.flatMap(readInlineTests);
    expect([exemplars?.problems, cases?.problems]).toEqual([[], []]);
    expect(summary(exemplars?.value.tests ?? [])).toEqual([
      ['fires', 'match', 1],
      ['1', 'no-match', 0],
    ]);
    expect(eventsOf(exemplars?.value.tests[1])?.map(({ offset }) => offset)).toEqual([0, 30e6]);
    expect(summary(cases?.value.tests ?? [])).toEqual([
      ['match 0', 'match', 1],
      ['dont-match 0', 'no-match', 0],
      ['dont-match 1', 'no-match', 0],
    ]);
    expect([exemplars, cases].map((found) => found?.value.rule)).toEqual(['A', 'A']);
  });
});
