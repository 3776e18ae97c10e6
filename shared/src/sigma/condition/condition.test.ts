import { describe, expect, it } from 'vitest';
import type { Condition } from './condition.ts';
import { parseCondition } from './parse-condition.ts';
import { selectedNames } from './resolve-condition.ts';

function show(condition: Condition | undefined): string {
  if (condition === undefined) return 'nothing';
  switch (condition.kind) {
    case 'and':
    case 'or':
      return `(${condition.of.map(show).join(` ${condition.kind} `)})`;
    case 'not':
      return `not ${show(condition.of)}`;
    case 'name':
      return condition.name;
    default:
      return `${condition.kind} ${condition.pattern}`;
  }
}

function parsed(text: string): string {
  const faults: string[] = [];
  const condition = parseCondition(text, (code, _data, { from, to }) =>
    faults.push(`${code} ${text.slice(from, to)}`),
  );
  return faults.length > 0 ? faults.join(', ') : show(condition);
}

describe('conditions', () => {
  // biome-ignore format: a table of cases
  it.each([
    ['a or b and not c', '(a or (b and not c))'], ['not a and b', '(not a and b)'], ['(a or b) and c', '((a or b) and c)'], ['not not a', 'not not a'],
    ['not 1 of x* or all of them', '(not some x* or every them)'], ['any of a*b*c', 'some a*b*c'], ['a  and\n b', '(a and b)'],
    // C1: operators are words.
    ['notepad', 'notepad'], ['not_x', 'not_x'], ['sel and sel-b', '(sel and sel-b)'], ['orange and andy', '(orange and andy)'],
    ['sel andb', 'sigma/condition-syntax andb'],
    // C2
    ['a AND b', 'sigma/condition-operator-case AND'], ['Not a', 'sigma/condition-operator-case Not'], ['2 of x*', 'sigma/condition-quantifier 2'], ['a | count() > 5', 'sigma/condition-pipe |'],
    // C3
    ['1 of sel-*', 'some sel-*'],
    // C6
    ['and', 'sigma/condition-syntax and'], ['them', 'sigma/condition-syntax them'], ['1', 'sigma/condition-syntax 1'],
    ['', 'sigma/condition-syntax '], ['a b', 'sigma/condition-syntax b'], ['(a', 'sigma/condition-syntax ('], ['a)', 'sigma/condition-syntax )'], ['1 of', 'sigma/condition-syntax 1'], ['a, b', 'sigma/condition-syntax ,'],
  ])('%j is %s', (text, expected) => {
    expect(parsed(text)).toBe(expected);
  });

  it('C5: names that begin with _ are selected by patterns that do', () => {
    const names = ['a_1', '_a', 'b', 'a_2'];
    expect(selectedNames('them', names)).toEqual(['a_1', 'b', 'a_2']);
    expect(selectedNames('a*', names)).toEqual(['a_1', 'a_2']);
    expect(selectedNames('_*', names)).toEqual(['_a']);
    expect(selectedNames('*_*', names)).toEqual(['a_1', 'a_2']);
  });

  it.each([
    ['a*b', ['ab', 'axb', 'a*b'], ['a', 'b', 'abx', 'xab']],
    ['a*a', ['aa', 'aba'], ['a']],
    ['*x*', ['x', 'axb'], ['ab']],
    ['a.b', ['a.b'], ['axb']],
  ])('%s selects %j and not %j', (pattern, those, others) => {
    expect(selectedNames(pattern, [...those, ...others])).toEqual(those);
  });

  it('matches many stars in one pass', () => {
    expect(selectedNames('*a'.repeat(2000), ['a'.repeat(3000).concat('b')])).toEqual([]);
  });
});

it.each([
  ['(a and b', 'a closing parenthesis', 'the end'],
  ['a and', 'the name of a search', 'the end'],
  ['a b', 'and or or', '“b”'],
  ['1 of', 'them or a name with *', 'the end'],
])('says what %s lacks', (text, expected, found) => {
  const said: unknown[] = [];
  parseCondition(text, (_code, data) => said.push(data));
  expect(said).toEqual([{ expected, found }]);
});
