import { describe, expect, it } from 'vitest';
import { loadRules } from '../sigma/load-rules.ts';
import { readRuleTests } from './read-rule-tests.ts';
import { gatherSuites } from './suites.ts';

const rule = (title: string, more = '') =>
  `title: ${title}\n${more}logsource: {category: x}\ndetection: {sel: {a: 1}, condition: sel}\n`;

const RULES = {
  'rules/a.yml': rule('A', 'id: 9f8ae0a6-7a2c-4bb0-8a9c-2d9d8a9d0001\nname: a\n'),
  'rules/two.yaml': `${rule('First')}---\n${rule('Second')}`,
  'rules/burst.yml': `title: Burst
correlation: {type: event_count, rules: [base], group-by: [b], timespan: 1m, condition: {gte: 2}}
---
${rule('Base', 'name: base\n')}`,
  'rules/mf_a.yml': `title: Not here
logsource: {category: x}
filter: {rules: [a], sel: {b: 1}, condition: not sel}
`,
};

/** The rules that the tests of a file are for, with the filters that count for them; else the codes of what is wrong. */
function suitesOf(file: string, tests: string) {
  const { value } = loadRules(Object.entries(RULES).map(([name, text]) => ({ name, text })));
  const read = readRuleTests(tests, file);
  const { suites, problems, untested } = gatherSuites(value, read === undefined ? [] : [read.value]);
  return {
    suites: suites.map((suite) => [
      suite.rule.title,
      suite.tests.map(({ name }) => name),
      suite.set.filters.map(({ title }) => title),
    ]),
    problems: problems.map(({ code }) => code),
    untested: untested.map(({ title }) => title),
  };
}

const CASES = 'tests: [{name: x, event: {a: 1}}, {name: y, event: {a: 1}}]';

describe('tests and rules come together (SIGMA T1)', () => {
  it('by the names of their files', () => {
    for (const file of ['rules/a.test.yml', 'rules/a_test.yaml'])
      expect(suitesOf(file, CASES)).toEqual({
        suites: [['A', ['x', 'y'], []]],
        problems: [],
        untested: ['First', 'Second', 'Burst', 'Base'],
      });
  });

  it('by path, id, name or title', () => {
    for (const name of ['../rules/a.yml', '9f8ae0a6-7a2c-4bb0-8a9c-2d9d8a9d0001', 'a', 'A'])
      expect(suitesOf('tests/other.test.yml', `rule: ${name}\n${CASES}`).suites).toEqual([
        ['A', ['x', 'y'], []],
      ]);
  });

  it('for each case where it says so', () => {
    expect(
      suitesOf(
        'rules/two.test.yml',
        'rule: First\ntests: [{name: x, event: {}}, {name: y, rule: Second, event: {}}]',
      ).suites,
    ).toEqual([
      ['First', ['x'], []],
      ['Second', ['y'], []],
    ]);
  });

  it('where a file holds a correlation and its rules, with the correlation', () => {
    const { suites, untested } = suitesOf('rules/burst.test.yml', CASES);
    expect(suites).toEqual([['Burst', ['x', 'y'], []]]);
    expect(untested).not.toContain('Base');
  });

  it('where a file holds a filter, with the rule that it is for and the filter', () => {
    expect(suitesOf('rules/mf_a.test.yml', CASES).suites).toEqual([['A', ['x', 'y'], ['Not here']]]);
  });

  it('or not, and that is said once', () => {
    expect(suitesOf('rules/two.test.yml', CASES).problems).toEqual(['rule-test/which-rule']);
    expect(suitesOf('rules/none.test.yml', CASES).problems).toEqual(['rule-test/no-rule']);
    expect(suitesOf('rules/a.test.yml', `rule: none\n${CASES}`).problems).toEqual(['rule-test/no-rule']);
  });
});
