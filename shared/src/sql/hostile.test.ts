import { loadModule, parseSync } from 'libpg-query';
import { beforeAll, describe, expect, it } from 'vitest';
import { EVENT_CLASSES } from '../events/event-class.ts';
import { randomTexts } from './fixtures/random-texts.ts';
import { understand } from './understand.ts';

const pgParser = {
  parse(text: string) {
    try {
      return parseSync(text);
    } catch {
      return undefined;
    }
  },
};

beforeAll(loadModule);

describe.each(['postgresql', 'mysql'] as const)('%s', (dialect) => {
  it('understands any text, whole or cut', () => {
    for (const text of randomTexts(1000)) {
      for (const truncated of [false, true]) {
        const facts = understand(text, { dialect, truncated, pgParser });
        expect(EVENT_CLASSES).toContain(facts.class);
        expect(facts.objects.every(({ type, name }) => type !== '' && name !== '')).toBe(true);
      }
    }
  });

  it('understands every prefix of a statement', () => {
    const text = `WITH a (b) AS (SELECT c.*, "d" FROM e c WHERE f IN ('g', 1)) INSERT INTO h.i (j) SELECT k FROM a JOIN l USING (m) ON CONFLICT (n) DO UPDATE SET o = 1 RETURNING *; GRANT p (q) ON TABLE r TO s WITH GRANT OPTION; CREATE OR REPLACE FUNCTION t(u int) RETURNS v LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'DROP TABLE w'; END $$; ALTER ROLE x SET y = 'z'`;
    for (let i = 0; i <= text.length; i++) {
      const facts = understand(text.slice(0, i), { dialect, pgParser });
      expect(facts.statements).toBeLessThanOrEqual(4);
      if (i >= 4 && i < 80) expect(facts.action).not.toBe('UNKNOWN');
    }
  });

  it.each<[string, string, string]>([
    ['a string of 1 MB', `SELECT '${'x'.repeat(1_000_000)}'`, 'SELECT'],
    ['20 000 terms', `SELECT ${'1+'.repeat(20_000)}1`, 'SELECT'],
    ['7 000 conditions', `DELETE FROM t WHERE ${'a=1 OR '.repeat(7_000)}b=2`, 'DELETE'],
    ['7 000 parentheses', `SELECT ${'('.repeat(7_000)}1${')'.repeat(7_000)}`, 'SELECT'],
    ['5 000 queries in each other', `SELECT ${'(SELECT '.repeat(5_000)}1${')'.repeat(5_000)}`, 'SELECT'],
    ['4 000 unions', `SELECT 1${' UNION SELECT 1'.repeat(4_000)}`, 'SELECT'],
    ['10 000 explains', `${'EXPLAIN '.repeat(10_000)}SELECT 1`, 'EXPLAIN'],
    ['300 000 tables', `DROP TABLE a${',a'.repeat(300_000)}`, 'DROP TABLE'],
    ['300 000 relations', `SELECT * FROM a${',a'.repeat(300_000)}`, 'SELECT'],
    ['80 000 calls in each other', `SELECT ${'f('.repeat(80_000)}`, 'SELECT'],
    ['60 000 open parentheses', `UPDATE t SET a = ${'('.repeat(60_000)}`, 'UPDATE'],
    ['code in code', `DO '${'BEGIN EXECUTE '.repeat(20_000)}'`, 'DO'],
    ['250 000 nested comments', `SELECT 1 ${'/*'.repeat(250_000)}${'*/'.repeat(250_000)}`, 'SELECT'],
  ])('takes %s', (_, text, action) => {
    expect(understand(text, { dialect, pgParser }).action).toBe(action);
  });
});

it('leaves the grammar usable, however many texts are too deep for it', () => {
  // Thirty overflows were enough to make every later parse fail.
  for (let i = 0; i < 50; i++)
    understand(`SELECT a${' ISNULL'.repeat(8_000)}`, { dialect: 'postgresql', pgParser });
  expect(understand('SELECT 1', { dialect: 'postgresql', pgParser }).parser).toBe('libpg-query');
});

it('gives the grammar neither NUL nor more than it can bear', () => {
  const given: string[] = [];
  const spy = {
    parse(text: string) {
      given.push(text);
      return undefined;
    },
  };
  for (const text of [
    'SELECT 1\0; DROP TABLE x',
    `SELECT a${' ISNULL'.repeat(5000)}`,
    `SELECT '${'x'.repeat(65_536)}'`,
  ])
    understand(text, { dialect: 'postgresql', pgParser: spy });
  understand('SELECT 1', { dialect: 'postgresql', truncated: true, pgParser: spy });
  understand('SELECT 1', { dialect: 'mysql', pgParser: spy });
  expect(given).toEqual([]);
});
