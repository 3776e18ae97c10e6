import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findTests } from '@dbwitness/desktop/cli/rule-tests/find-tests.ts';
import { nodeTestHost } from '@dbwitness/desktop/cli/rule-tests/test-host.ts';
import { TABLE_ENGINES } from '@dbwitness/desktop/engine/documents/index.ts';
import { loadPgParser } from '@dbwitness/desktop/engine/pg-parser.ts';
import type { Estate } from '@dbwitness/shared/estate/estate.ts';
import { parseEstate } from '@dbwitness/shared/estate/parse-estate.ts';
import { prepareSuite } from '@dbwitness/shared/rule-tests/prepare-suite.ts';
import { runSuite } from '@dbwitness/shared/rule-tests/run-suite.ts';
import type { RuleRun } from '@dbwitness/shared/sigma/detection.ts';
import type { DocumentEvent } from '@dbwitness/shared/sigma/documents/document.ts';
import { loadRules } from '@dbwitness/shared/sigma/load-rules.ts';
import type { RuleSet } from '@dbwitness/shared/sigma/rule.ts';
import { runRules } from '@dbwitness/shared/sigma/run/run-rules.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { openDuckDb } from './duckdb-engine.ts';
import { makeTables } from './event-tables.ts';
import { ORDINARY } from './ordinary-traffic.ts';

const CONTENT = new URL('../../shared/content/', import.meta.url);
const content = (path: string) => readFileSync(new URL(path, CONTENT), 'utf8');

const ruleFiles = readdirSync(new URL('rules/', CONTENT)).filter((name) => !name.endsWith('.test.yml'));
const { value: estate } = parseEstate(content('estates/example.yml'));
const { value: rules, problems } = loadRules(
  ruleFiles.map((name) => ({ name, text: content(`rules/${name}`) })),
);
const found = await findTests([fileURLToPath(new URL('rules', CONTENT))]);
const host = await nodeTestHost();
const pgParser = await loadPgParser();
const duckdb = await openDuckDb();
afterAll(() => duckdb.close());

/** A Monday, ten in the morning, UTC. */
const START = Date.UTC(2026, 0, 5, 10) * 1000;

/** What rules find in a case that holds these events. */
async function inCase(
  set: RuleSet,
  events: readonly DocumentEvent[],
  declared: Estate | undefined,
): Promise<readonly RuleRun[]> {
  const placed = events.map(({ at, fields }) =>
    at === undefined ? { at: 0, fields: { ...fields, time: null } } : { at, fields },
  );
  await makeTables(duckdb.connection, placed, pgParser);
  const runs: RuleRun[] = [];
  const options = declared === undefined ? {} : { estate: declared };
  for await (const one of runRules(set, duckdb.engine, options)) runs.push(one);
  return runs;
}

describe('shipped rules', () => {
  it('have nothing wrong with them and names of their own', () => {
    expect(problems).toEqual([]);
    expect(new Set(rules.rules.map((rule) => rule.title)).size).toBe(rules.rules.length);
    for (const rule of rules.rules) {
      expect(rule, rule.file).toMatchObject({
        author: 'DB Witness',
        date: '2026-11-20',
        id: expect.any(String),
        level: expect.any(String),
      });
      expect(rule.falsepositives.length, rule.file).toBeGreaterThan(0);
      expect(rule.references.length, rule.file).toBeGreaterThan(0);
    }
  });

  it('have tests of both kinds each', () => {
    expect(found.problems).toEqual([]);
    expect(found.untested).toEqual([]);
    expect(found.suites.length).toBe(ruleFiles.length);
    for (const { tests, file } of found.suites)
      expect(new Set(tests.map((test) => test.expect)), file.file).toEqual(new Set(['match', 'no-match']));
  });

  it('see nothing in ordinary traffic', async () => {
    const events = ORDINARY.map(({ offset, fields }) => ({ at: START + offset, fields }));
    const runs = await inCase(rules, events, estate);
    expect(runs.map(({ title, status }) => [title, status])).toEqual(runs.map(({ title }) => [title, 'ran']));
    const seen = runs.flatMap(({ title, matches }) =>
      matches.map((match) => `${title}: ${JSON.stringify(ORDINARY[Number(match.events[0]?.split(':')[1])])}`),
    );
    expect(seen).toEqual([]);
  });
});

describe.each(TABLE_ENGINES)('tests of the shipped rules on $id (SIGMA T3)', async ({ id, open }) => {
  // ClickHouse is not everywhere; `npm test` says so.
  const engine = await open().catch((error: Error) => {
    if (id === 'clickhouse') return undefined;
    throw error;
  });
  afterAll(() => engine?.close());

  it.skipIf(engine === undefined).each(found.suites)('$rule.title', async (suite) => {
    if (engine === undefined) return;
    const { results } = await runSuite(suite, { engine, host, clock: () => 0 });
    const failed = results.filter(({ status }) => status !== 'passed');
    expect(failed.map(({ test, why }) => [test.name, why])).toEqual([]);
  });
});

describe('tests of the shipped rules in a case', () => {
  it.each(found.suites)('$rule.title', async (suite) => {
    const made = await prepareSuite(suite, host, undefined);
    for (const { test, slices } of made.tests) {
      const runs = await inCase(suite.set, slices.flat(), made.estate);
      const total = runs.reduce((sum, run) => sum + run.total, 0);
      expect(runs.map(({ status }) => status)).toEqual(runs.map(() => 'ran'));
      expect(total, test.name).toBeGreaterThanOrEqual(test.count.least);
      expect(total, test.name).toBeLessThanOrEqual(test.count.most);
    }
  });
});

/** Changes that no event can show, or none that a log could hold. */
const UNNOTICED: readonly (readonly [why: string, diff: string])[] = [
  ['an event without user has no group and no value', '-         user|exists: true'],
  ['an event without user has no group and no value', '-         user|exists: true'],
  ['PostgreSQL calls it CREATE ROLE, and MariaDB has no such attributes', '-             - CREATE USER'],
  ['PostgreSQL calls it ALTER ROLE, and MariaDB has no such attributes', '-             - ALTER USER'],
  [
    'fingerprints have such words in one case',
    String.raw`-         fingerprint|re|i: '\b(superuser|createrole|createuser|bypassrls|replication)\b'`,
  ],
  ['no action has the word elsewhere', '-         action|startswith: TRUNCATE'],
];

it('no other change of a shipped rule goes unnoticed by its tests', async () => {
  const engine = await TABLE_ENGINES[1].open();
  const unnoticed: string[] = [];
  for (const suite of found.suites) {
    const { mutation } = await runSuite(suite, {
      engine,
      host,
      clock: () => 0,
      mutate: { documents: found.loaded.documents },
    });
    expect(mutation?.notTried).toBeUndefined();
    for (const { diff, noticedBy } of mutation?.mutants ?? [])
      if (noticedBy === undefined) unnoticed.push(diff.split('\n')[0] ?? '');
  }
  await engine.close();
  expect(unnoticed).toEqual(UNNOTICED.map(([, diff]) => diff));
});
