import { TABLE_ENGINES } from '@dbwitness/desktop/engine/documents/index.ts';
import { nodeByteText } from '@dbwitness/desktop/engine/node-byte-text.ts';
import type { TestHost } from '@dbwitness/shared/rule-tests/prepare.ts';
import { readRuleTests } from '@dbwitness/shared/rule-tests/read-rule-tests.ts';
import { runSuite } from '@dbwitness/shared/rule-tests/run-suite.ts';
import { gatherSuites } from '@dbwitness/shared/rule-tests/suites.ts';
import { loadRules } from '@dbwitness/shared/sigma/load-rules.ts';
import { afterAll, describe, expect, it } from 'vitest';

const HOST: TestHost = { text: nodeByteText(), read: async () => undefined };

const rule = (name: string, search: string, more = '') =>
  `---\ntitle: ${name}\nname: ${name}\n${more}logsource: {product: windows}\ndetection:\n  sel: {${search}}\n  condition: sel\n`;

/** Rules, the tests beside them, and how the tests end: `passed`, or what is wrong. */
const CASES: readonly {
  readonly title: string;
  readonly rules: string;
  readonly tests: string;
  readonly ends: Readonly<Record<string, string>>;
}[] = [
  {
    title: 'chains: windows of an inner correlation belong to their case alone',
    rules: `title: Outer
correlation: {type: temporal, rules: [inner, drop], group-by: [user], timespan: 1h}
---
title: Inner
name: inner
correlation: {type: event_count, rules: [refused], group-by: [user, ip], timespan: 1m, condition: {gte: 2}}
${rule('refused', 'EventID: 1')}${rule('drop', 'EventID: 2')}`,
    tests: `
  - name: refused twice, then dropped
    match_count: 1
    matches: [0, 1, 2]
    group: {user: eve}
    window: {first: 0s, last: 10m}
    events:
      - {offset: 0s, repeat: 2, every: 5s, event: {EventID: 1, user: eve, ip: a}}
      - {offset: 10m, event: {EventID: 2, user: Eve}}
  - name: refused in one case
    expect: no-match
    events:
      - {offset: 0s, repeat: 2, every: 5s, event: {EventID: 1, user: eve, ip: a}}
  - name: dropped in the next
    expect: no-match
    events:
      - {offset: 10m, event: {EventID: 2, user: eve}}
  - name: the inner correlation by itself
    rule: inner
    match_count: 2
    events:
      - {offset: 0s, repeat: 2, every: 5s, event: {EventID: 1, user: eve, ip: a}}
      - {offset: 0s, repeat: 2, every: 5s, event: {EventID: 1, user: eve, ip: b}}
`,
    ends: {
      'refused twice, then dropped': 'passed',
      'refused in one case': 'passed',
      'dropped in the next': 'passed',
      'the inner correlation by itself': 'passed',
    },
  },
  {
    title: 'a correlation without groups has one for each case',
    rules: `title: Any
correlation: {type: event_count, rules: [refused], timespan: 1m, condition: {gte: 2}}
${rule('refused', 'EventID: 1')}`,
    tests: `
  - {name: one, expect: no-match, event: {EventID: 1}}
  - {name: another, expect: no-match, event: {EventID: 1}}
  - {name: two, events: [{event: {EventID: 1}}, {event: {EventID: 1, x: 1}}]}
  - {name: two of which one has no time, expect: no-match, events: [{event: {EventID: 1}}, {event: {EventID: 1, time: null}}]}
  - {name: own times, window: {first: 60m, last: 61m}, events: [{event: {EventID: 1, time: "2026-01-05T11:00:00Z"}}, {event: {EventID: 1, time: "2026-01-05T12:01:00+01:00"}}]}
`,
    ends: {
      one: 'passed',
      another: 'passed',
      two: 'passed',
      'two of which one has no time': 'passed',
      'own times': 'passed',
    },
  },
  {
    title: 'aliases and conditions over names, by name and by id',
    rules: `title: Both
correlation:
  type: temporal
  rules: [a, 9f8ae0a6-7a2c-4bb0-8a9c-2d9d8a9d0001, c]
  group-by: [who]
  timespan: 1m
  aliases:
    who: {a: user, b: account}
  condition: a and 9f8ae0a6-7a2c-4bb0-8a9c-2d9d8a9d0001 and not c
${rule('a', 'EventID: 1')}${rule('b', 'EventID: 2', 'id: 9f8ae0a6-7a2c-4bb0-8a9c-2d9d8a9d0001\n')}${rule('c', 'EventID: 3')}`,
    tests: `
  - {name: both, group: {who: eve}, events: [{event: {EventID: 1, user: eve}}, {event: {EventID: 2, account: eve}}]}
  - {name: with the third, expect: no-match, events: [{event: {EventID: 1, user: eve}}, {event: {EventID: 2, account: eve}}, {event: {EventID: 3, who: eve}}]}
  - {name: of two people, expect: no-match, events: [{event: {EventID: 1, user: eve}}, {event: {EventID: 2, account: bob}}]}
`,
    ends: { both: 'passed', 'with the third': 'passed', 'of two people': 'passed' },
  },
  {
    title: 'filters of the same file, and base rules that report too',
    rules: `title: Burst
generate: true
correlation: {type: event_count, rules: [refused], group-by: [user], timespan: 1m, condition: {gte: 2}}
${rule('refused', 'EventID: 1')}---
title: Not the scanner
logsource: {product: windows}
filter:
  rules: any
  sel: {user: scanner}
  condition: not sel
`,
    tests: `
  - {name: twice, events: [{event: {EventID: 1, user: eve}}, {event: {EventID: 1, user: eve}}]}
  - {name: the scanner, expect: no-match, events: [{event: {EventID: 1, user: scanner}}, {event: {EventID: 1, user: scanner}}]}
`,
    ends: { twice: 'passed', 'the scanner': 'passed' },
  },
  {
    title: 'what is not as expected is said',
    rules: `title: Burst
correlation: {type: event_count, rules: [refused], group-by: [user], timespan: 1m, condition: {gte: 2}}
${rule('refused', 'EventID: 1')}`,
    tests: `
  - {name: count, match_count: 2, events: [{event: {EventID: 1, user: eve}}, {event: {EventID: 1, user: eve}}]}
  - {name: events, matches: [0, 2], events: [{event: {EventID: 1, user: eve}}, {event: {EventID: 1, user: eve}}, {event: {EventID: 9}}]}
  - {name: group, group: {user: bob}, events: [{event: {EventID: 1, user: eve}}, {event: {EventID: 1, user: eve}}]}
  - {name: window, window: {last: 3s}, events: [{offset: 0s, event: {EventID: 1, user: eve}}, {offset: 2s, event: {EventID: 1, user: eve}}]}
  - {name: runs, expect: error}
`,
    ends: {
      count: 'expected 2 matches, found 1',
      events: 'event 2 should be part of a match and is not; event 1 is part of a match and should not be',
      group: 'no match has the group user bob; there is user eve',
      window: 'no match goes from anywhere to 3s; found 0s to 2s',
      runs: 'the rule ran, and it was expected that it cannot',
    },
  },
];

describe.each(TABLE_ENGINES)('rule tests on $id (SIGMA T1, T3)', async ({ id, open }) => {
  const engine = await open().catch((error: Error) => {
    if (id === 'clickhouse') return undefined;
    throw error;
  });
  afterAll(() => engine?.close());

  it.skipIf(engine === undefined).each(CASES)('$title', async ({ rules, tests, ends }) => {
    if (engine === undefined) return;
    const { value: loaded, problems } = loadRules([{ name: 'a.yml', text: rules }]);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    const read = readRuleTests(`tests:${tests}`, 'a.test.yml');
    expect(read?.problems).toEqual([]);
    const gathered = gatherSuites(loaded, read === undefined ? [] : [read.value]);
    expect(gathered.problems).toEqual([]);
    const found: [string, string][] = [];
    for (const suite of gathered.suites) {
      const { results, mutation } = await runSuite(suite, {
        engine,
        host: HOST,
        clock: () => 0,
        mutate: { documents: loaded.documents },
      });
      for (const { test, status, why } of results)
        found.push([test.name, status === 'passed' ? status : why.join('; ')]);
      if (results.every(({ status }) => status === 'passed')) {
        expect(mutation?.mutants.length).toBeGreaterThan(0);
        expect(mutation?.mutants.some(({ noticedBy }) => noticedBy !== undefined)).toBe(true);
      } else expect(mutation?.notTried).toBeDefined();
    }
    expect(Object.fromEntries(found)).toEqual(ends);
  });
});
