import type { RuleRun, SqlEngine } from '../detection.ts';
import { ruleReferred } from '../load-rules.ts';
import { type Plan, planRule } from '../plan/plan.ts';
import type { Rule, RuleSet } from '../rule.ts';
import type { Layout } from '../sql/layout.ts';
import { absentFields } from './absent-fields.ts';
import { CorrelationRun, fieldsRead } from './correlation-run.ts';
import { notesOf, type Outcome, type Planned, reasonOf } from './outcome.ts';
import { RunCancelled } from './rows.ts';
import { RULES_A_PASS, runDetections } from './run-detections.ts';
import { compilerOf, layoutOf, type RunOptions } from './run-options.ts';

/** A set of rules, planned: what it asks of the events is known before any is looked at. */
export interface PlannedRules {
  readonly rules: RuleSet;
  readonly planned: ReadonlyMap<Rule, Planned>;
  readonly plans: readonly Plan[];
  /** Fields that correlations read themselves, their groups and values. */
  readonly read: ReadonlyMap<Rule, readonly string[]>;
}

export function planRules(rules: RuleSet, { estate, events }: RunOptions = {}): PlannedRules {
  const planned = new Map<Rule, Planned>();
  const read = new Map<Rule, readonly string[]>();
  for (const rule of rules.rules) {
    if (rule.kind === 'detection') planned.set(rule, planRule(rule, rules.filters, estate, events));
    else read.set(rule, fieldsRead(rule, rules.rules));
  }
  const plans = [...planned.values()].flatMap((made) => ('plan' in made ? [made.plan] : []));
  return { rules, planned, plans, read };
}

/**
 * Runs every rule of the set over the case's events and tells what became of each, correlations last. Rules that a
 * correlation refers to report nothing of their own, unless it says `generate: true` (SIGMA §7).
 * A rule that cannot run says why and stops no other; `RunCancelled` is thrown when the signal is aborted.
 */
export function runRules(
  rules: RuleSet,
  engine: SqlEngine,
  options: RunOptions = {},
): AsyncGenerator<RuleRun> {
  return runPlanned(planRules(rules, options), engine, options);
}

/** The same with rules that are planned. */
export async function* runPlanned(
  { rules, planned, plans, read }: PlannedRules,
  engine: SqlEngine,
  options: RunOptions,
): AsyncGenerator<RuleRun> {
  const correlations = rules.rules.filter((rule) => rule.kind === 'correlation');
  const fields = [...new Set([...plans.flatMap((plan) => plan.fields), ...[...read.values()].flat()])];
  const layout = await layoutOf(engine, fields, options);
  const absent = await absentFields(fields, engine, layout, options);

  const hidden = hiddenRules(rules.rules);
  const total = rules.rules.filter((rule) => !hidden.has(rule)).length;
  let done = 0;
  const finished = (rule: Rule, fieldsOfRule: readonly string[], outcome: Outcome): RuleRun => {
    options.onProgress?.(++done, total);
    const absentOfRule = fieldsOfRule.filter((field) => absent.has(field));
    return {
      rule: rule.key,
      title: rule.title,
      matches: [],
      total: 0,
      ms: 0,
      absentFields: absentOfRule,
      ...outcome,
    };
  };

  for (const [rule, made] of planned) {
    if (!hidden.has(rule) && !('plan' in made)) yield finished(rule, [], made);
  }
  const compiler = compilerOf(layout, options);
  const shown: Plan[] = [];
  for (const plan of plans) {
    if (hidden.has(plan.rule)) continue;
    // What asks for a field that the data lacks needs no look at the events.
    if (!compiler.never(plan.where, plan.selections)) shown.push(plan);
    else yield finished(plan.rule, plan.fields, { status: 'ran', ...notesOf(plan.notes) });
  }
  for (let from = 0; from < shown.length; from += RULES_A_PASS) {
    for (const [plan, outcome] of await runPass(
      shown.slice(from, from + RULES_A_PASS),
      engine,
      layout,
      options,
    )) {
      yield finished(plan.rule, plan.fields, outcome);
    }
  }
  const run = new CorrelationRun(rules.rules, planned, engine, layout, options);
  for (const rule of correlations) {
    const outcome = await run.outcomeOf(rule);
    if (!hidden.has(rule)) yield finished(rule, [...run.fieldsOf(rule), ...(read.get(rule) ?? [])], outcome);
  }
}

/** Judges rules together; where that fails, each alone, so that the one at fault can be named. */
async function runPass(
  plans: readonly Plan[],
  engine: SqlEngine,
  layout: Layout,
  options: RunOptions,
): Promise<readonly (readonly [Plan, Outcome])[]> {
  const clock = options.clock ?? Date.now;
  const start = clock();
  try {
    const found = await runDetections(plans, engine, layout, options);
    const ms = clock() - start;
    return plans.map((plan, i) => [
      plan,
      { status: 'ran', ms, ...notesOf(plan.notes), ...(found[i] ?? { matches: [], total: 0 }) },
    ]);
  } catch (error) {
    if (error instanceof RunCancelled || options.signal?.aborted === true) throw new RunCancelled();
    const [only, ...more] = plans;
    if (only !== undefined && more.length === 0)
      return [[only, { status: 'failed', reason: reasonOf(error), ms: clock() - start }]];
    const outcomes: (readonly [Plan, Outcome])[] = [];
    for (const plan of plans) outcomes.push(...(await runPass([plan], engine, layout, options)));
    return outcomes;
  }
}

/** Detection rules that only feed correlations: reported on their own where one of these says `generate: true`. */
function hiddenRules(rules: readonly Rule[]): ReadonlySet<Rule> {
  const hidden = new Set<Rule>();
  const generated = new Set<Rule>();
  for (const rule of rules) {
    if (rule.kind !== 'correlation') continue;
    for (const reference of rule.rules) {
      const base = ruleReferred(rules, reference);
      if (base !== undefined) (rule.generate ? generated : hidden).add(base);
    }
  }
  // Of rules that refer to each other in a circle none would be left to say so.
  const circular = (rule: Rule) => rule.faults.some(({ code }) => code === 'sigma/reference-cycle');
  return new Set([...hidden].filter((rule) => !generated.has(rule) && !circular(rule)));
}
