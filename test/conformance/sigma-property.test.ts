import { runOnEvents } from '@dbwitness/shared/sigma/documents/run-on-events.ts';
import { loadRules } from '@dbwitness/shared/sigma/load-rules.ts';
import type { TableEngine } from '@dbwitness/shared/sigma/sql/table-engine.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { openEngines } from '../kit/table-engines.ts';
import { held } from './sigma-property/evaluate.ts';
import { randomEvent, randomRule } from './sigma-property/generate.ts';
import { eventText, ruleText } from './sigma-property/print.ts';
import { Random } from './sigma-property/random.ts';
import type { TestEvent, TestRule } from './sigma-property/rule.ts';
import { smallest } from './sigma-property/shrink.ts';

/** Pairs of a rule and an event; the nightly run has more. */
const PAIRS = Number(process.env.SIGMA_PROPERTY_PAIRS ?? 5000);
const SEED = Number(process.env.SIGMA_PROPERTY_SEED ?? 20_261_120);
const RULES = 25;
const EVENTS = 67;
/** Pairs that are made small and shown. */
const MOST_FAILURES = 8;
const ZONES = ['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/New_York'] as const;

/** What is said of an event: whether it matches, and by which searches. */
function verdictOf(names: readonly string[] | undefined): string {
  return names === undefined ? 'no match' : `a match by ${names.join(', ') || 'nothing'}`;
}

/** Of each rule the verdict on each event. */
async function judged(
  engine: TableEngine,
  rules: readonly TestRule[],
  events: readonly TestEvent[],
  zone: string,
): Promise<readonly (readonly string[])[]> {
  const files = rules.map((rule, i) => ({ name: `r${i}.yml`, text: ruleText(rule, `R${i}`) }));
  const { value, problems } = loadRules(files);
  const faults = problems.filter(({ severity }) => severity === 'error');
  if (faults.length > 0)
    throw new Error(`${JSON.stringify(faults[0])}\n${files.map(({ text }) => text).join('---\n')}`);
  const { runs } = await runOnEvents(
    value,
    events.map((fields) => ({ fields })),
    engine,
    { zone },
  );
  const byTitle = new Map(runs.map((run) => [run.title, run]));
  return rules.map((_, i) => {
    const run = byTitle.get(`R${i}`);
    if (run?.status !== 'ran') return events.map(() => `${run?.status ?? 'lost'}: ${run?.reason}`);
    const found = new Map(run.matches.map((match) => [match.events[0], match.selections]));
    return events.map((_, event) => verdictOf(found.get(event)));
  });
}

describe('random rules on random events (SIGMA §3 to §6)', async () => {
  const engines = await openEngines();
  afterAll(async () => {
    for (const { close } of engines) await close();
  });

  for (const { title, missing, get } of engines) {
    it.skipIf(missing)(
      `${title} decides as the text says`,
      async () => {
        let verdicts = 0;
        let matched = 0;
        const failures: string[] = [];
        for (let batch = 0; batch * RULES * EVENTS < PAIRS; batch++) {
          const random = new Random(SEED + batch);
          const zone = ZONES[batch % ZONES.length] ?? 'UTC';
          const rules = Array.from({ length: RULES }, () => randomRule(random));
          const events = Array.from({ length: EVENTS }, () => randomEvent(random));
          const found = await judged(get(), rules, events, zone);
          for (const [i, rule] of rules.entries()) {
            const expected = events.map((event) => verdictOf(held(rule, event, zone)));
            verdicts += EVENTS;
            matched += expected.filter((verdict) => verdict !== 'no match').length;
            const at = expected.findIndex((verdict, event) => found[i]?.[event] !== verdict);
            if (at < 0 || failures.length >= MOST_FAILURES) continue;
            const differs = async (one: TestRule, event: TestEvent) => {
              const [said] = await judged(get(), [one], [event], zone).catch(() => []);
              return said !== undefined && said[0] !== verdictOf(held(one, event, zone));
            };
            const pair = await smallest(rule, events[at] ?? {}, differs);
            const [said] = await judged(get(), [pair.rule], [pair.event], zone);
            failures.push(
              [
                `${title}, seed ${SEED + batch}, zone ${zone}: ${said?.[0]}; the text says ${verdictOf(held(pair.rule, pair.event, zone))}`,
                `${ruleText(pair.rule, `R${i}`)}${eventText(pair.event)}`,
              ].join('\n'),
            );
          }
          if (failures.length >= MOST_FAILURES) break;
        }
        expect(failures, failures.join('\n\n')).toEqual([]);
        // A generator whose rules never match, or always, would show nothing.
        expect(matched / verdicts).toBeGreaterThan(0.1);
        expect(matched / verdicts).toBeLessThan(0.9);
      },
      3_600_000,
    );
  }
});
