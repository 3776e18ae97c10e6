import { expect, it } from 'vitest';
import { parsePattern, showPattern } from '../values/pattern.ts';
import { expand } from './expand.ts';

function expanded(value: string) {
  const faults: string[] = [];
  const patterns =
    expand.role === 'pattern'
      ? expand.apply(parsePattern(value), {
          placeholder: (name) => ({ 'DC-NAMES': ['dc1', 'dc*'], one: ['x'] })[name],
          fault: (code, { name }) => faults.push(name === undefined ? code : `${code} ${name}`),
        })
      : [];
  return { texts: patterns.map(showPattern), faults };
}

it.each([
  ['%DC-NAMES%$', ['dc1$', 'dc*$'], []],
  ['a%one%-%one%', ['ax-x'], []],
  ['100 % of %one%', ['100 % of x'], []],
  ['%none%', [], ['sigma/placeholder-unresolved none']],
  ['100 % of 50 %', ['100 % of 50 %'], ['sigma/placeholder-missing']],
])('%s (SIGMA P1)', (value, texts, faults) => {
  expect(expanded(value)).toEqual({ texts, faults });
});
