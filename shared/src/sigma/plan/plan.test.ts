import { expect, it } from 'vitest';
import { loadRules } from '../load-rules.ts';
import { ANY_EVENTS } from './event-kind.ts';
import { planRule } from './plan.ts';

const RULE =
  'title: Odd Login\nid: 0b7c1d9e-5a1f-4c43-9f6e-2a4d5c1f8e70\nname: odd\nlogsource: {category: database}\ndetection: {sel: {a: b}, condition: sel}\n';

it.each([
  ['any', true],
  ['[odd]', true],
  ['0b7c1d9e-5a1f-4c43-9f6e-2a4d5c1f8e70', true],
  ['[Odd Login]', true],
  ['[]', true],
  ['[other]', false],
])('F2: a filter with rules: %s', (rules, reached) => {
  const filter = `title: F\nlogsource: {category: database}\nfilter: {rules: ${rules}, known: {user: x}, condition: not known}\n`;
  const { value } = loadRules([{ name: 'a.yml', text: `${RULE}---\n${filter}` }]);
  const [rule] = value.rules;
  const made = rule?.kind === 'detection' ? planRule(rule, value.filters, undefined, ANY_EVENTS) : undefined;
  expect(made !== undefined && 'plan' in made && made.plan.fields.includes('user')).toBe(reached);
});
