import { readdirSync, readFileSync } from 'node:fs';
import { loadPgParser } from '@dbwitness/desktop/engine/pg-parser.ts';
import { parseEstate } from '@dbwitness/shared/estate/parse-estate.ts';
import { readRuleTests } from '@dbwitness/shared/rule-tests/read-rule-tests.ts';
import type { RuleTest } from '@dbwitness/shared/rule-tests/rule-test.ts';
import type { RuleRun } from '@dbwitness/shared/sigma/detection.ts';
import { loadRules } from '@dbwitness/shared/sigma/load-rules.ts';
import type { RuleSet } from '@dbwitness/shared/sigma/rule.ts';
import { runRules } from '@dbwitness/shared/sigma/run/run-rules.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { openDuckDb } from './duckdb-engine.ts';
import { makeTables } from './event-tables.ts';
import { ORDINARY } from './ordinary-traffic.ts';

const CONTENT = new URL('../../shared/content/', import.meta.url);
const content = (path: string) => readFileSync(new URL(path, CONTENT), 'utf8');

const files = readdirSync(new URL('rules/', CONTENT));
const ruleFiles = files.filter((name) => name.endsWith('.yml') && !name.endsWith('.test.yml'));
const { value: estate } = parseEstate(content('estates/example.yml'));
const pgParser = await loadPgParser();
const duckdb = await openDuckDb();
afterAll(() => duckdb.close());

/** A Monday, ten in the morning, UTC. */
const START = Date.UTC(2026, 0, 5, 10) * 1000;

async function run(rules: RuleSet, events: RuleTest['events']): Promise<readonly RuleRun[]> {
  const placed = events.map(({ offset, fields }) => ({ at: START + offset, fields }));
  await makeTables(duckdb.connection, placed, pgParser);
  const runs: RuleRun[] = [];
  for await (const one of runRules(rules, duckdb.engine, { estate })) runs.push(one);
  expect(runs.map(({ title, status, reason }) => ({ title, status, reason }))).toEqual(
    runs.map(({ title }) => ({ title, status: 'ran', reason: undefined })),
  );
  return runs;
}

describe('shipped rules', () => {
  it('have nothing wrong with them and names of their own', () => {
    const { value, problems } = loadRules(
      ruleFiles.map((name) => ({ name, text: content(`rules/${name}`) })),
    );
    expect(problems).toEqual([]);
    expect(new Set(value.rules.map((rule) => rule.title)).size).toBe(value.rules.length);
    for (const rule of value.rules) {
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

  it('have a test file each', () => {
    expect(files.filter((name) => name.endsWith('.test.yml'))).toEqual(
      ruleFiles.map((name) => name.replace('.yml', '.test.yml')),
    );
  });

  it('see nothing in ordinary traffic', async () => {
    const { value } = loadRules(ruleFiles.map((name) => ({ name, text: content(`rules/${name}`) })));
    const runs = await run(value, ORDINARY);
    const seen = runs.flatMap(({ title, matches }) =>
      matches.map(
        (match) => `${title}: ${JSON.stringify(ORDINARY[Number(match.events[0]?.split(':')[1])]?.fields)}`,
      ),
    );
    expect(seen).toEqual([]);
  });
});

describe.each(ruleFiles)('%s', (name) => {
  const { value: rules } = loadRules([{ name, text: content(`rules/${name}`) }]);
  const { value: file, problems } = readRuleTests(
    content(`rules/${name.replace('.yml', '.test.yml')}`),
    name,
  );

  it('has readable tests of both kinds', () => {
    expect(problems).toEqual([]);
    expect(new Set(file.tests.map((test) => test.expect))).toEqual(new Set(['match', 'no-match']));
  });

  it.each(file.tests)('$name: $expect', async ({ expect: expected, events, matchCount }) => {
    const [found, ...more] = await run(rules, events);
    expect(more).toEqual([]);
    if (expected === 'no-match') expect(found?.total).toBe(0);
    else if (matchCount === undefined) expect(found?.total).toBeGreaterThan(0);
    else expect(found?.total).toBe(matchCount);
  });
});
