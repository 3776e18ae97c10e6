import type { RuleRun } from '../detection.ts';
import { ANY_EVENTS } from '../plan/event-kind.ts';
import type { RuleSet } from '../rule.ts';
import type { RunOptions } from '../run/run-options.ts';
import { planRules, runPlanned } from '../run/run-rules.ts';
import type { TableEngine } from '../sql/table-engine.ts';
import { columnNeeds } from './column-needs.ts';
import type { DocumentEvent } from './document.ts';
import { DOCUMENTS } from './document-layout.ts';
import { DocumentTable } from './document-table.ts';
import type { EventRun } from './event-run.ts';
import { withHidden, withTwins } from './without-filters.ts';

export interface EventRunOptions
  extends Pick<RunOptions, 'estate' | 'zone' | 'signal' | 'onProgress' | 'limit' | 'clock'> {
  /** The field whose time parts are those of `DocumentEvent.at` where it does not say them itself; default `time`. */
  readonly timeField?: string;
  /** What the rules are for; by default every rule is applied, whatever its log source. */
  readonly kind?: RunOptions['events'];
  /** Also finds out what filters hide; that takes a second test of each rule that one reaches. */
  readonly showHidden?: boolean;
}

export interface EventsRun {
  /** In the order of the rules, without those that only serve a correlation. */
  readonly runs: readonly EventRun[];
  readonly events: number;
  /** Events that no window of a correlation can hold. */
  readonly withoutTime: number;
}

/**
 * Runs a set of rules over any JSON events on any engine: the one way for the command `match`, rule tests and the editor.
 * Of the events only what the rules ask for is kept and loaded. A rule that cannot run says why and stops no other;
 * `RunCancelled` is thrown when the signal is aborted.
 */
export async function runOnEvents(
  rules: RuleSet,
  events: Iterable<DocumentEvent> | AsyncIterable<DocumentEvent>,
  engine: TableEngine,
  options: EventRunOptions = {},
): Promise<EventsRun> {
  const { timeField, kind = ANY_EVENTS, limit = Number.POSITIVE_INFINITY, showHidden, ...others } = options;
  const planning = { ...others, limit, events: kind, dialect: engine.dialect };
  const own = planRules(rules, planning);
  const planned = showHidden === true ? withTwins(own, planning) : own;
  const needs = columnNeeds(planned.plans, [...planned.read.values()].flat());
  const table = new DocumentTable(needs, timeField, options.zone ?? options.estate?.zone);
  if (Symbol.asyncIterator in events) for await (const event of events) table.add(event);
  else for (const event of events) table.add(event);
  const { columns, layout } = table.made();
  await engine.load(DOCUMENTS, columns);
  const runs: EventRun[] = [];
  for await (const run of runPlanned(planned, engine, { ...planning, layout })) runs.push(eventRun(run));
  const places = new Map(rules.rules.map((rule, place) => [rule.key, place]));
  runs.sort((a, b) => (places.get(a.rule) ?? 0) - (places.get(b.rule) ?? 0));
  return { runs: withHidden(runs), events: table.events, withoutTime: table.withoutTime };
}

function eventRun({ matches, ...run }: RuleRun): EventRun {
  return {
    ...run,
    matches: matches.map(({ rule: _, events, ...match }) => ({ ...match, events: events.map(Number) })),
  };
}
