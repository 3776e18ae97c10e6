import { DEFAULT_ESTATE } from '@dbwitness/shared/estate/parse-estate.ts';
import { loadRules } from '@dbwitness/shared/sigma/load-rules.ts';
import type { RunOptions } from '@dbwitness/shared/sigma/run/run-options.ts';
import { runRules } from '@dbwitness/shared/sigma/run/run-rules.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { openDuckDb } from './duckdb-engine.ts';
import { makeTables, type Row, TABLE_STORAGE } from './event-tables.ts';
import { MATCHING, REFUSED } from './matching-cases.ts';

const duckdb = await openDuckDb();
afterAll(() => duckdb.close());

const START = Date.UTC(2026, 0, 5, 10) * 1000;

/** Which of `events` the rule with this detection matches, as indexes. */
async function matched(
  detection: string,
  events: readonly Row[],
  options: RunOptions = {},
): Promise<readonly number[]> {
  await makeTables(
    duckdb.connection,
    events.map((fields, i) => ({ at: START + i * 1e6, fields })),
  );
  const body = detection.includes('condition:') ? detection : `${detection}\n  condition: sel`;
  const { value, problems } = loadRules([
    { name: 'case.yml', text: `title: Case\nlogsource: {category: database}\ndetection:\n  ${body}\n` },
  ]);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  for await (const run of runRules(value, duckdb.engine, options)) {
    expect(run.reason).toBeUndefined();
    return run.matches.map((match) => Number(match.events[0]?.split(':')[1])).sort((a, b) => a - b);
  }
  throw new Error('no rule ran');
}

describe('matching on DuckDB (SIGMA §6)', () => {
  const cases = MATCHING.filter(({ only }) => only === undefined);
  it.each(cases)('$name', async ({ detection, yes, no, zone, estate }) => {
    const events = [...yes, ...no];
    const options = {
      ...(zone === undefined ? {} : { zone }),
      ...(estate === undefined ? {} : { estate: { ...DEFAULT_ESTATE, ...estate } }),
    };
    const expected = yes.map((_, i) => i);
    expect(await matched(detection, events, options)).toEqual(expected);
    expect(await matched(detection, events, { ...options, storage: TABLE_STORAGE })).toEqual(expected);
  });

  it.each(REFUSED)('%s: %j', (code, detection) => {
    const text = `title: Case\nlogsource: {category: database}\ndetection:\n  ${detection}\n  condition: sel\n`;
    expect(loadRules([{ name: 'case.yml', text }]).problems.map((found) => found.code)).toEqual([code]);
  });
});
