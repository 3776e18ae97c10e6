import { expect, it } from 'vitest';
import { applyFixes } from './apply-fixes.ts';
import { lintText } from './fixtures/lint-text.ts';

const rule = (item: string, condition = 'sel') =>
  `title: x\nlogsource: {category: own}\ndetection:\n    sel:\n        ${item}\n    condition: ${condition}\n`;
const correlation = (timespan: string) =>
  `title: x\ncorrelation:\n    type: event_count\n    rules: [a]\n    group-by: [b]\n    timespan: ${timespan}\n    condition: {gte: 5}\n`;

it.each([
  ['sigma/status', `${rule('a: 1')}status: tset\n`, `${rule('a: 1')}status: test\n`],
  ['sigma/level', `${rule('a: 1')}level: "High"\n`, `${rule('a: 1')}level: "high"\n`],
  ['sigma/condition-operator-case', rule('a: 1', 'sel AND sel'), rule('a: 1', 'sel and sel')],
  ['sigma/condition-unknown-name', rule('a: 1', 'sle'), rule('a: 1', 'sel')],
  ['sigma/unknown-modifier', rule('a|contain|All: [x, y]'), rule('a|contains|all: [x, y]')],
  ['sigma/quoted-number', rule("a|gt: '100'"), rule('a|gt: 100')],
  ['sigma/exists-not-bool', rule('a|exists: "true"'), rule('a|exists: true')],
  ['sigma/cidr-host-bits', rule("a|cidr: '10.1.2.3/8'"), rule("a|cidr: '10.0.0.0/8'")],
  ['sigma/regex', rule("a|re: '^(?<who>x)'"), rule("a|re: '^(?P<who>x)'")],
  ['sigma/timespan', correlation('5 m'), correlation('5m')],
])('%s is mended, but not unasked', (code, text, fixed) => {
  const found = lintText(text).filter((finding) => finding.code === code);
  expect(found[0]?.fix?.safe).toBe(false);
  expect(applyFixes(text, found, 'all').text).toBe(fixed);
  expect(lintText(fixed).filter((finding) => finding.code === code)).toEqual([]);
});

it.each([
  ['sigma/status', `${rule('a: 1')}status: finished\n`],
  ['sigma/condition-unknown-name', rule('a: 1', 'something_else')],
  ['sigma/quoted-number', rule('a|gt: many')],
  ['sigma/regex', rule("a|re: '(?=x)'")],
  ['sigma/timespan', correlation('0m')],
])('%s has no fix where none is plain', (code, text) => {
  const found = lintText(text).filter((finding) => finding.code === code);
  expect(found).toHaveLength(1);
  expect(found[0]?.fix).toBeUndefined();
});
