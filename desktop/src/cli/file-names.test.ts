import { expect, test } from 'vitest';
import { named } from './file-names.ts';

const names = (...files: readonly string[]) => named(files).map(({ name }) => name);

test('files of one folder go by their own names', () => {
  expect(names('/evidence/db1/a.csv', '/evidence/db1/b.csv')).toEqual(['a.csv', 'b.csv']);
});

test('files of several folders are told apart by them', () => {
  expect(names('/evidence/db1/a.csv', '/evidence/db2/a.csv')).toEqual(['db1/a.csv', 'db2/a.csv']);
});

test('folders of one name are told apart by those above them', () => {
  expect(names('/db1/log/a.csv', '/db2/log/a.csv')).toEqual(['db1/log/a.csv', 'db2/log/a.csv']);
});

test('one folder below the other', () => {
  expect(names('/log/a.csv', '/old/log/a.csv')).toEqual(['log/a.csv', 'old/log/a.csv']);
});
