import { planRule, reaches } from '../plan/plan.ts';
import type { Rule } from '../rule.ts';
import type { RunOptions } from '../run/run-options.ts';
import type { PlannedRules } from '../run/run-rules.ts';
import type { EventRun } from './event-run.ts';

/** Ends the key of a rule's twin: no key that a rule has can end so. */
const TWIN = '\u0000';

/** The set with a twin, planned without filters, of each rule that a filter reaches: what it finds more is hidden (SIGMA F4). */
export function withTwins(planned: PlannedRules, { estate, events }: RunOptions): PlannedRules {
  const { rules, filters } = planned.rules;
  const all = new Map(planned.planned);
  const twins: Rule[] = [];
  for (const rule of rules) {
    if (rule.kind !== 'detection' || !filters.some((filter) => reaches(filter, rule))) continue;
    const twin = { ...rule, key: rule.key + TWIN };
    twins.push(twin);
    all.set(twin, planRule(twin, [], estate, events));
  }
  const plans = [...all.values()].flatMap((made) => ('plan' in made ? [made.plan] : []));
  return { ...planned, rules: { rules: [...rules, ...twins], filters }, planned: all, plans };
}

/** Runs without those of twins; a rule that has one says which events its filters hide. */
export function withHidden(runs: readonly EventRun[]): EventRun[] {
  const byKey = new Map(runs.map((run) => [run.rule, run]));
  return runs
    .filter(({ rule }) => !rule.endsWith(TWIN))
    .map((run) => {
      const twin = byKey.get(run.rule + TWIN);
      if (twin === undefined) return run;
      const kept = new Set(run.matches.flatMap(({ events }) => events));
      const found = twin.matches.flatMap(({ events }) => events);
      return { ...run, hidden: found.filter((event) => !kept.has(event)) };
    });
}
