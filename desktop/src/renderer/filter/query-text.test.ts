import { expect, it } from 'vitest';
import { parseQuery } from './query-text.ts';

const clauses = (text: string) =>
  parseQuery(text).filter.clauses.map(({ field, operator, values, negated }) => [
    negated ? `-${field}` : field,
    operator,
    ...values,
  ]);

it('reads fields, signs and alternatives', () => {
  expect(clauses('user:a user:b -class:session')).toEqual([
    ['user', 'is', 'a', 'b'],
    ['-class', 'is', 'session'],
  ]);
});

it('reads operators', () => {
  expect(
    clauses('rows:>=1000 rows:<=9 object:crm.* statement:*iban* message:* statement:/copy .+ program/'),
  ).toEqual([
    ['rows', 'at_least', '1000'],
    ['rows', 'at_most', '9'],
    ['object', 'starts', 'crm.'],
    ['statement', 'contains', 'iban'],
    ['message', 'exists', ''],
    ['statement', 'matches', 'copy .+ program'],
  ]);
});

it('keeps quoted values whole, quotes inside escaped', () => {
  expect(clauses('application:"psql \\"x\\" client"')).toEqual([['application', 'is', 'psql "x" client']]);
});

it('takes the rest as text', () => {
  const { filter } = parseQuery('drop table user:a "two words"');
  expect(filter.text).toBe('drop table two words');
});

it('takes what is no field as text, and says so', () => {
  const { filter, unknownFields } = parseQuery('usr:a http://x');
  expect(filter.text).toBe('usr:a http://x');
  expect(filter.clauses).toEqual([]);
  expect(unknownFields).toContain('usr');
});

it('never fails, whatever is typed', () => {
  for (const text of [
    '"',
    'user:"',
    'user:',
    '-',
    '--',
    ':',
    'user:/',
    '/a/',
    ' \t\n',
    '\u202E\u0000',
    'user:""',
  ])
    expect(() => parseQuery(text)).not.toThrow();
});
