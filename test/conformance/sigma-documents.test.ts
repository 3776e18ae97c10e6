import { DEFAULT_ESTATE } from '@dbwitness/shared/estate/parse-estate.ts';
import type { DocumentFields } from '@dbwitness/shared/sigma/documents/document.ts';
import { timeReader } from '@dbwitness/shared/sigma/documents/event-time.ts';
import { type EventRunOptions, runOnEvents } from '@dbwitness/shared/sigma/documents/run-on-events.ts';
import { loadRules } from '@dbwitness/shared/sigma/load-rules.ts';
import type { TableEngine } from '@dbwitness/shared/sigma/sql/table-engine.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { openEngines } from '../kit/table-engines.ts';
import { MATCHING } from './matching-cases.ts';

const readTime = timeReader();
const START = Date.UTC(2026, 0, 5, 10) * 1000;

/** Which of `events` the rule with this detection matches, as indexes. */
async function matched(
  engine: TableEngine,
  detection: string,
  events: readonly DocumentFields[],
  options: EventRunOptions = {},
): Promise<readonly number[]> {
  const body = detection.includes('condition:') ? detection : `${detection}\n  condition: sel`;
  const { value, problems } = loadRules([
    { name: 'case.yml', text: `title: Case\nlogsource: {category: database}\ndetection:\n  ${body}\n` },
  ]);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const documents = events.map((fields, i) => ({ fields, at: readTime(fields) ?? START + i * 1e6 }));
  const { runs } = await runOnEvents(value, documents, engine, options);
  expect(runs.map(({ reason }) => reason)).toEqual([undefined]);
  return runs[0]?.matches.map((match) => match.events[0] ?? -1).sort((a, b) => a - b) ?? [];
}

const engines = await openEngines();

describe.each(engines)('any JSON events on $title (SIGMA §6)', ({ missing, get, close }) => {
  afterAll(close);

  it.skipIf(missing).each(MATCHING)('$name', async ({ detection, yes, no, zone, estate }) => {
    const options = {
      ...(zone === undefined ? {} : { zone }),
      ...(estate === undefined ? {} : { estate: { ...DEFAULT_ESTATE, ...estate } }),
    };
    expect(await matched(get(), detection, [...yes, ...no], options)).toEqual(yes.map((_, i) => i));
  });
});
