import { describe, expect, it } from 'vitest';
import { readRuleTests } from './read-rule-tests.ts';

const read = (text: string) => readRuleTests(text, 'x.test.yml');

describe('rule tests (SIGMA T1)', () => {
  it('reads single events, and events with offsets and repetition', () => {
    const { value, problems } = read(`
rule: login
tests:
  - name: one event
    expect: no-match
    event: { user: a, rows: 5, flags: [export], objects: [{ type: table, name: t, access: read }], ticket: null }
  - name: a burst
    expect: match
    match_count: 1
    events:
      - { offset: 10s, event: { user: a } }
      - { offset: 1m, repeat: 3, every: 500ms, event: { user: b } }
`);
    expect(problems).toEqual([]);
    expect(value.rule).toBe('login');
    expect(value.tests[0]).toEqual({
      name: 'one event',
      expect: 'no-match',
      line: 4,
      events: [
        {
          offset: 0,
          fields: {
            user: 'a',
            rows: 5n,
            flags: ['export'],
            objects: [{ type: 'table', name: 't', access: 'read' }],
            ticket: null,
          },
        },
      ],
    });
    expect(value.tests[1]?.matchCount).toBe(1);
    expect(value.tests[1]?.events.map(({ offset, fields }) => [offset, fields.user])).toEqual([
      [10e6, 'a'],
      [60e6, 'b'],
      [60.5e6, 'b'],
      [61e6, 'b'],
    ]);
  });

  it.each([
    ['', 'rule-test/no-tests'],
    ['tests: [', 'rule-test/yaml'],
    ['tests: [{expect: match, event: {a: b}}]', 'rule-test/name'],
    ['tests: [{name: x, expect: maybe, event: {a: b}}]', 'rule-test/expect'],
    ['tests: [{name: x, expect: match}]', 'rule-test/events'],
    ['tests: [{name: x, expect: match, events: [{offset: 5, event: {a: b}}]}]', 'rule-test/offset'],
    ['tests: [{name: x, expect: match, match_count: "1", event: {a: b}}]', 'rule-test/count'],
    ['tests: [{name: x, name: y, expect: match, event: {a: b}}]', 'rule-test/duplicate-key'],
  ])('tells what is wrong with %j', (text, code) => {
    expect(read(text).problems.map((found) => found.code)).toContain(code);
  });
});
