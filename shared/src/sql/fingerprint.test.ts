import { describe, expect, it } from 'vitest';
import type { Dialect } from './facts.ts';
import { fingerprint } from './fingerprint.ts';
import { randomTexts } from './fixtures/random-texts.ts';
import { dialectOf } from './understand.ts';

function print(text: string, id: Dialect = 'postgresql'): string {
  const dialect = dialectOf(id);
  return fingerprint(dialect, text, dialect.tokenize(text));
}

describe('fingerprint', () => {
  it.each([
    ['select  a -- c\n from T where b=1', 'SELECT a FROM t WHERE b = ?'],
    [
      `SELECT "A", lower(b) FROM s.t WHERE c = $1 AND d = -5.0 AND e = f - 1`,
      'SELECT "A", lower(b) FROM s.t WHERE c = ? AND d = ? AND e = f - ?',
    ],
    [
      `select * from t where a in (1, 'b', $3) and c in (select 1)`,
      'SELECT * FROM t WHERE a IN (?) AND c IN (SELECT ?)',
    ],
    ['insert into t(a, b) values (1, 2), (3, -4), (5, 6)', 'INSERT INTO t(a, b) VALUES (?, ?)'],
    ['insert into t values (1, now()), (2, now())', 'INSERT INTO t VALUES (?, now()), (?, now())'],
    [`select $$x$$::text, E'\\'', a[1];`, 'SELECT ?::text, ?, a[?]'],
    ['select 1; ; drop table x;', 'SELECT ?;; DROP TABLE x'],
  ])('%s', (text, expected) => {
    expect(print(text)).toBe(expected);
    expect(print(expected)).toBe(expected);
  });

  it('keeps the case of MySQL names and sees the code in executable comments', () => {
    expect(print("SELECT /*!40001 SQL_NO_CACHE */ * FROM `Customers` WHERE x = 'a' # c", 'mysql')).toBe(
      'SELECT SQL_NO_CACHE * FROM `Customers` WHERE x = ?',
    );
  });

  it.each(['postgresql', 'mysql'] as const)('is its own fingerprint, whatever the text (%s)', (id) => {
    for (const text of randomTexts(1000)) {
      const once = print(text, id);
      expect(print(once, id), JSON.stringify(text)).toBe(once);
    }
  });

  it('tells shapes apart', () => {
    expect(print('delete from t')).not.toBe(print('delete from t where a = 1'));
    expect(print('select "A"')).not.toBe(print('select a'));
    expect(print('select f (a)')).toBe(print('select f(a)'));
  });
});
