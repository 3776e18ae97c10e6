import { expect, it } from 'vitest';
import { understand } from './understand.ts';
import { createUnderstanding } from './understanding.ts';

it('gives what understand gives, also where only the literals of a text differ', () => {
  const texts = [
    'SELECT a FROM t WHERE b = 1',
    "SELECT a FROM t WHERE b = 'x'",
    "SELECT set_config('pgaudit.log', 'none', false)",
    "SELECT set_config('search_path', '', false)",
    "COPY t TO '/tmp/a'",
    "COPY t TO '/tmp/b'",
    "DO 'BEGIN NULL; END'",
    "DO 'BEGIN DROP TABLE t; END'",
    "SET ROLE 'a'",
    "SET ROLE 'b'",
    "SELECT E'a'",
    "SELECT E'\\x44\\x52\\x4f\\x50\\x20\\x54'",
    'DROP TABLE x',
    'DROP/**/TABLE x',
    "SELECT 'a'",
    `SELECT '${'a'.repeat(5000)}'`,
    "SELECT 'a",
    "SELECT * FROM t WHERE a = 'x",
    "SELECT * FROM t WHERE a = 'x'",
    'UPDATE t SET a = 1',
    'UPDATE t SET a = 2',
    'SELECT a FROM t WHERE b IN (1, 2)',
    'SELECT a FROM t WHERE b IN (3)',
  ];
  for (const order of [texts, [...texts].reverse()]) {
    const remembering = createUnderstanding({ dialect: 'postgresql' });
    for (const text of order) {
      for (const truncated of [false, true, false]) {
        expect(remembering(text, truncated)).toEqual(understand(text, { dialect: 'postgresql', truncated }));
      }
    }
  }
});

it('tells MySQL accounts apart', () => {
  const remembering = createUnderstanding({ dialect: 'mysql' });
  const names = [
    "DROP USER 'a'@'x'",
    "DROP USER 'b'@'y'",
    "GRANT SELECT ON d.* TO 'c'@'z'",
    "GRANT SELECT ON d.* TO 'd'@'z'",
  ].map((text) => remembering(text).objects.at(-1)?.name);
  expect(names).toEqual(['a@x', 'b@y', 'c@z', 'd@z']);
});

it('asks the grammar once a shape', () => {
  let asked = 0;
  const parse = () => {
    asked++;
    return { stmts: [{ stmt: { SelectStmt: {} } }] };
  };
  const remembering = createUnderstanding({ dialect: 'postgresql', pgParser: { parse } });
  for (let i = 0; i < 100; i++) expect(remembering(`SELECT ${i}`).parser).toBe('libpg-query');
  expect(asked).toBe(1);
});
