import type { GroupMatch } from '../correlation/correlator.ts';
import type { Match, RuleRun, SqlEngine } from '../detection.ts';
import { ruleReferred } from '../load-rules.ts';
import type { CorrelationRule, Rule } from '../rule.ts';
import type { Layout } from '../sql/layout.ts';
import { Gatherer } from './gather.ts';
import { notesOf, type Outcome, type Planned, reasonOf } from './outcome.ts';
import { RunCancelled } from './rows.ts';
import { type Base, fieldFor, runCorrelation } from './run-correlation.ts';
import { DEFAULT_LIMIT, type RunOptions } from './run-options.ts';

/** Fields that a correlation reads itself: its groups and values. */
export function fieldsRead(rule: CorrelationRule, rules: readonly Rule[]): readonly string[] {
  const names = [...rule.groupBy, ...rule.condition.fields];
  return rule.rules.flatMap((reference) => {
    const base = ruleReferred(rules, reference);
    return base === undefined ? [] : names.map((name) => fieldFor(rule, name, reference, base));
  });
}

/** The correlations of a set, each run once; a chain runs what it refers to first. */
export class CorrelationRun {
  readonly #rules: readonly Rule[];
  readonly #planned: ReadonlyMap<Rule, Planned>;
  readonly #engine: SqlEngine;
  readonly #layout: Layout;
  readonly #options: RunOptions;
  readonly #done = new Map<CorrelationRule, Outcome & { readonly groups: readonly GroupMatch[] }>();

  constructor(
    rules: readonly Rule[],
    planned: ReadonlyMap<Rule, Planned>,
    engine: SqlEngine,
    layout: Layout,
    options: RunOptions,
  ) {
    this.#rules = rules;
    this.#planned = planned;
    this.#engine = engine;
    this.#layout = layout;
    this.#options = options;
  }

  async outcomeOf(rule: CorrelationRule): Promise<Outcome> {
    const { groups: _, ...outcome } = await this.#run(rule);
    return outcome;
  }

  /** Fields that the rules below `rule` ask for. */
  fieldsOf(rule: CorrelationRule): readonly string[] {
    return rule.rules.flatMap((reference) => {
      const base = ruleReferred(this.#rules, reference);
      const made = base === undefined ? undefined : this.#planned.get(base);
      return made !== undefined && 'plan' in made ? made.plan.fields : [];
    });
  }

  async #run(rule: CorrelationRule): Promise<Outcome & { readonly groups: readonly GroupMatch[] }> {
    const known = this.#done.get(rule);
    if (known !== undefined) return known;
    const clock = this.#options.clock ?? Date.now;
    const start = clock();
    let made: Outcome & { readonly groups: readonly GroupMatch[] };
    try {
      made = await this.#judged(rule);
    } catch (error) {
      if (error instanceof RunCancelled || this.#options.signal?.aborted === true) throw new RunCancelled();
      made = { status: 'failed', reason: reasonOf(error), groups: [] };
    }
    const timed = { ...made, ms: clock() - start };
    this.#done.set(rule, timed);
    return timed;
  }

  async #judged(rule: CorrelationRule): Promise<Outcome & { readonly groups: readonly GroupMatch[] }> {
    const [fault] = rule.faults;
    if (fault !== undefined) return { status: 'failed', reason: fault.message, groups: [] };
    const bases: Base[] = [];
    const notes: string[] = [];
    for (const reference of rule.rules) {
      const base = ruleReferred(this.#rules, reference);
      if (base?.kind === 'correlation') {
        const inner = await this.#run(base);
        if (inner.status !== 'ran') return { ...notRun(base.title, inner), groups: [] };
        bases.push({ rule: base, matches: inner.groups });
        notes.push(...(inner.notes ?? []));
      } else if (base !== undefined) {
        const made = this.#planned.get(base);
        if (made === undefined || !('plan' in made)) {
          return { ...notRun(base.title, made ?? { status: 'failed' }), groups: [] };
        }
        bases.push({ rule: base, plan: made.plan });
        notes.push(...made.plan.notes);
      }
    }
    const { matches, leftOut } = await runCorrelation(rule, bases, this.#engine, this.#layout, this.#options);
    return {
      status: 'ran',
      matches: this.#shown(rule, matches),
      total: matches.length,
      groups: matches,
      ...notesOf(notes),
      ...(Object.keys(leftOut).length > 0 ? { leftOut } : {}),
    };
  }

  /** Each window is a match; where they are put together, those beyond the limit by their group, then all as one. */
  #shown(rule: CorrelationRule, matches: readonly GroupMatch[]): readonly Match[] {
    const limit = this.#options.limit ?? DEFAULT_LIMIT;
    if (this.#options.grouping === undefined || matches.length <= limit)
      return matches.slice(0, limit).map((match) => matchOf(rule, match));
    const gatherer = new Gatherer(limit, 3);
    for (const [i, match] of matches.entries())
      gatherer.take(matchOf(rule, match), (level) => [String(i), match.group.join('\0'), ''][level] ?? '');
    return gatherer.matches(rule.key);
  }
}

function matchOf(rule: CorrelationRule, match: GroupMatch): Match {
  const group = Object.fromEntries(rule.groupBy.map((field, i) => [field, match.group[i] ?? '']));
  const { first, last, firedAt, value, events, count } = match;
  return { rule: rule.key, events, count, first, last, fired_at: firedAt, group, value };
}

/** The outcome of a correlation whose base, named so, did not run. */
function notRun(
  title: string,
  { status, reason, needs }: Pick<RuleRun, 'status' | 'reason' | 'needs'>,
): Outcome {
  return { status, reason: `“${title}”: ${reason}`, ...(needs === undefined ? {} : { needs }) };
}
