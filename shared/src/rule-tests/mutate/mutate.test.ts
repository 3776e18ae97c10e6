import { describe, expect, it } from 'vitest';
import { loadRules } from '../../sigma/load-rules.ts';
import { ANY_EVENTS } from '../../sigma/plan/event-kind.ts';
import { ownFormat } from '../formats/own.ts';
import { DEFAULT_START } from '../rule-test.ts';
import { setOf } from '../suites.ts';
import { makeMutants } from './make-mutants.ts';
import { textDiff } from './text-diff.ts';

/** The mutants of the first rule in a text, each as what it does and the changed lines; `file` may hold others that it refers to. */
function mutantsOf(text: string) {
  const { value, problems } = loadRules([{ name: 'a.yml', text }]);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const [rule] = value.rules;
  if (rule === undefined) throw new Error('there is no rule');
  const file = { file: 'a.test.yml', format: ownFormat.id, start: DEFAULT_START, tests: [] };
  const made = makeMutants(
    { file, rule, set: setOf(rule, value), tests: [] },
    value.documents,
    undefined,
    ANY_EVENTS,
  );
  return {
    equivalent: made.equivalent,
    mutants: made.mutants.map(
      ({ change }) => `${change.mutation}: ${change.diff.replaceAll(/ +/g, ' ').replaceAll('\n', ' ')}`,
    ),
  };
}

const detection = (body: string) =>
  `title: A\nlogsource: {category: x}\ndetection:\n  ${body.trim().replaceAll('\n', '\n  ')}\n`;

describe('mutants of a rule', () => {
  it('change its condition at every place', () => {
    const { mutants } = mutantsOf(
      detection('a: {f: 1}\nb: {g: 1}\nc: {h: 1}\ncondition: a and not (b or c)'),
    );
    expect(mutants).toEqual([
      'operator flipped: - condition: a and not (b or c) + condition: a or not (b or c)',
      'selection dropped: - condition: a and not (b or c) + condition: not (b or c)',
      'not flipped: - condition: a and not (b or c) + condition: not a and not (b or c)',
      'selection dropped: - condition: a and not (b or c) + condition: a',
      'not flipped: - condition: a and not (b or c) + condition: a and (b or c)',
      'operator flipped: - condition: a and not (b or c) + condition: a and not (b and c)',
      'selection dropped: - condition: a and not (b or c) + condition: a and not c',
      'not flipped: - condition: a and not (b or c) + condition: a and not (not b or c)',
      'selection dropped: - condition: a and not (b or c) + condition: a and not b',
      'not flipped: - condition: a and not (b or c) + condition: a and not (b or not c)',
    ]);
  });

  it('change quantifiers and leave out what a pattern selects', () => {
    const { mutants } = mutantsOf(detection('sel_a: {f: 1}\nsel_b: {g: 1}\ncondition: 1 of sel_*'));
    expect(mutants).toEqual([
      'selection dropped: - sel_a: {f: 1}',
      'selection dropped: - sel_b: {g: 1}',
      'not flipped: - condition: 1 of sel_* + condition: not 1 of sel_*',
      'quantifier changed: - condition: 1 of sel_* + condition: all of sel_*',
    ]);
  });

  it('leave out items and values, weaken modifiers, and move numbers', () => {
    const { mutants } = mutantsOf(
      detection('sel:\n  f|startswith: [a, b]\n  n|gte: 10\n  d|lt: 0.5\n  e|exists: true\ncondition: sel'),
    );
    expect(mutants.filter((one) => !one.startsWith('not flipped'))).toEqual([
      'item dropped: - f|startswith: [a, b]',
      'modifier dropped: - f|startswith: [a, b] + f: [a, b]',
      'modifier weakened: - f|startswith: [a, b] + f|contains: [a, b]',
      'value dropped: - f|startswith: [a, b] + f|startswith: [b]',
      'value dropped: - f|startswith: [a, b] + f|startswith: [a]',
      'item dropped: - n|gte: 10',
      'modifier dropped: - n|gte: 10 + n: 10',
      'threshold moved: - n|gte: 10 + n|gte: 11',
      'threshold moved: - n|gte: 10 + n|gte: 9',
      'item dropped: - d|lt: 0.5',
      'modifier dropped: - d|lt: 0.5 + d: 0.5',
      'threshold moved: - d|lt: 0.5 + d|lte: 0.5',
      'item dropped: - e|exists: true',
      'modifier dropped: - e|exists: true + e: true',
      'value flipped: - e|exists: true + e|exists: false',
    ]);
  });

  it('change what a correlation counts, how long and for whom, and the rules that it refers to', () => {
    const { mutants } = mutantsOf(`title: A
correlation:
  type: temporal_ordered
  rules: [b, c]
  group-by: [user, ip]
  timespan: 5m
  condition: {gte: 2}
---
title: B
name: b
logsource: {category: x}
detection: {sel: {f: 1}, condition: sel}
---
title: C
name: c
logsource: {category: x}
detection: {sel: {f: 2}, condition: sel}
`);
    expect(mutants).toEqual([
      'order dropped: - type: temporal_ordered + type: temporal',
      'value dropped: - rules: [b, c] + rules: [c]',
      'value dropped: - rules: [b, c] + rules: [b]',
      'group dropped: - group-by: [user, ip] + group-by: [ip]',
      'group dropped: - group-by: [user, ip] + group-by: [user]',
      'timespan changed: - timespan: 5m + timespan: 150s',
      'timespan changed: - timespan: 5m + timespan: 10m',
      'threshold moved: - condition: {gte: 2} + condition: {gte: 3}',
      'threshold moved: - condition: {gte: 2} + condition: {gte: 1}',
      'not flipped: - detection: {sel: {f: 1}, condition: sel} + detection: {sel: {f: 1}, condition: not sel}',
      'not flipped: - detection: {sel: {f: 2}, condition: sel} + detection: {sel: {f: 2}, condition: not sel}',
    ]);
  });

  it('are not counted where they ask the same', () => {
    // One member: some is every. The second value is said by the first. Both searches are one: and for or, either alone, and the second of two that always hold.
    expect(mutantsOf(detection('sel_a: {f: 1}\ncondition: 1 of sel_*'))).toEqual({
      equivalent: 1,
      mutants: ['not flipped: - condition: 1 of sel_* + condition: not 1 of sel_*'],
    });
    expect(mutantsOf(detection('sel:\n  f|startswith: [pg_, pg_catalog.]\ncondition: sel')).equivalent).toBe(
      1,
    );
    expect(mutantsOf(detection('a: {f: 1}\nb: {f: 1}\ncondition: a or b')).equivalent).toBe(4);
  });

  it('are counted where fields may hold several values', () => {
    const { mutants } = mutantsOf(detection('a: {f: 1}\nb: {f: 2}\ncondition: a and not b'));
    expect(mutants).toContain('selection dropped: - condition: a and not b + condition: a');
  });

  it('keep to the lines of conditions that are written as blocks', () => {
    const { mutants } = mutantsOf(detection('a: {f: 1}\nb: {g: 1}\ncondition: >\n  a and\n  b\nc: {h: 1}'));
    expect(mutants).toContain('operator flipped: - condition: > - a and - b + condition: a or b');
  });
});

it('a difference of texts is the lines that changed', () => {
  expect(textDiff('a\nb\nc\n', 'a\nc\n')).toEqual({ line: 2, diff: '- b' });
  expect(textDiff('a\nb', 'a\nB')).toEqual({ line: 2, diff: '- b\n+ B' });
  expect(textDiff('a\na\na', 'a\na')).toEqual({ line: 3, diff: '- a' });
});
