import { expect, test } from 'vitest';
import type { Input } from './command.ts';
import { filterFrom } from './where.ts';

const given = (where: readonly string[], texts: Readonly<Record<string, string>> = {}): Input => ({
  positionals: [],
  text: (option) => texts[option],
  all: (option) => (option === 'where' ? where : []),
  on: () => false,
});
const clause = (written: string) => {
  const { field, operator, values, negated } = filterFrom(given([written])).clauses[0] ?? {};
  return [field, operator, values?.[0], negated];
};

test.each([
  ['user=dba', ['user', 'is', 'dba', false]],
  ['user!=dba', ['user', 'is', 'dba', true]],
  ['statement~a!=b', ['statement', 'contains', 'a!=b', false]],
  ['statement!~x', ['statement', 'contains', 'x', true]],
  ['statement=a>=1 = b', ['statement', 'is', 'a>=1 = b', false]],
  ['rows>=1000', ['rows', 'at_least', '1000', false]],
  ['rows <= 5', ['rows', 'at_most', '5', false]],
])('%s', (written, read) => {
  expect(clause(written)).toEqual(read);
});

test('clauses keep their order, and text and times stand beside them', () => {
  const filter = filterFrom(
    given(['user=a', 'user=b'], {
      text: 'TRUNCATE',
      from: '2026-11-16T09:00:00.123456+02:00',
      to: '2026-11-16T10:00Z',
    }),
  );
  expect(filter).toMatchObject({
    clauses: [{ values: ['a'] }, { values: ['b'] }],
    text: 'TRUNCATE',
    from: Date.parse('2026-11-16T07:00:00Z') * 1000 + 123_456,
    to: Date.parse('2026-11-16T10:00:00Z') * 1000,
  });
});

test.each([
  ['usr=dba', /no field “usr”/],
  ['raw~x', /no field “raw”/],
  ['user', /“user” is no condition: write FIELD=VALUE/],
  ['=x', /is no condition/],
  ['rows>=many', /rows is a number, and “many” is none/],
  ['time>=yesterday', /time is a time, and “yesterday” is none/],
])('%s is refused', (written, message) => {
  expect(() => filterFrom(given([written]))).toThrow(message);
});

test.each(['2026-11-16', '2026-11-16T09:00:00', 'noon'])('%s says no zone', (written) => {
  expect(() => filterFrom(given([], { from: written }))).toThrow(/--from takes a time with its zone/);
});
