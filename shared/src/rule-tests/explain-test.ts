import { columnNeeds } from '../sigma/documents/column-needs.ts';
import type { DocumentEvent } from '../sigma/documents/document.ts';
import { DOCUMENTS } from '../sigma/documents/document-layout.ts';
import { DocumentTable } from '../sigma/documents/document-table.ts';
import type { EventRunOptions } from '../sigma/documents/run-on-events.ts';
import { explain } from '../sigma/run/explain.ts';
import { planRules } from '../sigma/run/run-rules.ts';
import type { TableEngine } from '../sigma/sql/table-engine.ts';
import { eventsOf } from './judge.ts';
import type { PreparedTest } from './prepare.ts';
import type { TestSuite } from './suites.ts';
import type { ExplainedEvent, RuleFound } from './test-result.ts';

/** Events of a test that are explained: the first tell what is wrong. */
const MOST_EVENTS = 5;
const MOST_CORRELATED = 10;

/** Why the rule saw or did not see the events at which a failed test is not as expected. */
export async function explainTest(
  { set, rule }: TestSuite,
  { test, slices }: PreparedTest,
  found: RuleFound,
  engine: TableEngine,
  options: EventRunOptions,
): Promise<readonly ExplainedEvent[]> {
  if (found.status !== 'ran') return [];
  const events = slices.flat();
  const matched = eventsOf(found.matches);
  const all = events.map((_, event) => event);
  const isCorrelation = rule.kind === 'correlation';
  const { wishes } = test;
  const isOdd = (event: number) =>
    wishes.events === undefined
      ? matched.includes(event) === (test.count.most === 0 || found.matches.length > test.count.most)
      : wishes.events.includes(event) !== matched.includes(event);
  const chosen = isCorrelation ? all.slice(0, MOST_CORRELATED) : all.filter(isOdd).slice(0, MOST_EVENTS);
  const shown = chosen.flatMap((event) => events[event] ?? []);
  if (shown.length === 0) return [];
  const made = await loaded(set, shown, engine, options);
  const explained: ExplainedEvent[] = [];
  for (const one of set.rules) {
    if (one.kind !== 'detection') continue;
    const ids = shown.map((_, i) => String(i));
    const { kind, ...others } = options;
    for (const { event, selections, tests } of await explain(one, engine, ids, {
      ...others,
      ...(kind === undefined ? {} : { events: kind }),
      layout: made,
      dialect: engine.dialect,
      filters: set.filters,
    }))
      explained.push({
        event: chosen[Number(event)] ?? 0,
        selections,
        tests,
        ...(isCorrelation ? { rule: one.title } : {}),
      });
  }
  return explained.sort((a, b) => a.event - b.event);
}

/** Loads the events for the rules of a set and gives how they lie. */
async function loaded(
  set: TestSuite['set'],
  events: readonly DocumentEvent[],
  engine: TableEngine,
  { kind, estate, zone }: EventRunOptions,
) {
  const { plans } = planRules(set, {
    ...(kind === undefined ? {} : { events: kind }),
    ...(estate === undefined ? {} : { estate }),
  });
  const asked = plans.flatMap(({ fields }) => fields);
  const table = new DocumentTable(columnNeeds(plans, asked), undefined, zone ?? estate?.zone);
  for (const event of events) table.add(event);
  const { columns, layout } = table.made();
  await engine.load(DOCUMENTS, columns);
  return layout;
}
