import { expect, test } from 'vitest';
import { and, type Leaf, or } from '../predicate.ts';
import { parsePattern } from '../values/pattern.ts';
import { CaseLayout, DICTIONARY_COLUMNS } from './case-layout.ts';
import { Compiler } from './compile.ts';
import { duckdb } from './duckdb.ts';
import type { Storage } from './storage.ts';

/** Shows the columns that a query reads of the events; flags stand in a table of their own. */
const storage: Storage = {
  events: (columns) => `events(${[...columns].sort().join(' ')})`,
  values: (name) => (name === 'flags' ? { from: 'flag_sets', on: 'flags_code' } : undefined),
  own: () => undefined,
};

const is = (field: string, value: string): Leaf => ({
  kind: 'text',
  field,
  pattern: parsePattern(value),
  cased: true,
});

function compiled(predicate: Parameters<Compiler['test']>[0]) {
  const compiler = new Compiler(duckdb, new CaseLayout({ ...DICTIONARY_COLUMNS, storage }), 'UTC');
  const test = compiler.test(predicate, new Map());
  return { test, source: compiler.source() };
}

test('what asks of the statement alone is judged as a whole, once for each distinct statement', () => {
  const { test, source } = compiled(and([is('statement', '*DROP*'), is('fingerprint', 'DROP *')]));
  expect(test).toBe('h0.t0');
  expect(source).toMatch(
    /^events\(statement_id\) AS e LEFT JOIN \(SELECT statement_id AS k, .+ FROM statement\) AS h0 ON/,
  );
});

test('parts with different homes are judged apart, and each asks for its own column only', () => {
  const { test, source } = compiled(
    or([is('statement', '*DROP*'), is('flags', 'export'), is('message', 'bye')]),
  );
  expect(test).toBe(`(h0.t0 OR h1.t0 OR e."message" = 'bye')`);
  expect(source).toMatch(/^events\(flags_code message statement_id\) AS e /);
  expect(source).toContain('FROM flag_sets) AS h1 ON h1.k = e."flags_code"');
});
