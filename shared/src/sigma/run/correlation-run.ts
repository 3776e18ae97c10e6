import type { Coverage } from '../correlation/coverage.ts';
import type { WindowMatch } from '../correlation/open-match.ts';
import type { RuleRun, SqlEngine } from '../detection.ts';
import { ruleReferred } from '../load-rules.ts';
import type { CorrelationRule, Rule } from '../rule.ts';
import type { Layout } from '../sql/layout.ts';
import { EarliestMatches } from './earliest-matches.ts';
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
  /** Fields that correlations read of the correlations that they refer to. */
  readonly #carried: readonly string[];
  /** Correlations that others refer to. */
  readonly #inner: ReadonlySet<Rule>;
  readonly #done = new Map<CorrelationRule, Outcome & { readonly groups: readonly WindowMatch[] }>();

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
    this.#options = { ...options, ...once(options) };
    const outer = rules.filter((rule) => rule.kind === 'correlation');
    const inner = outer.flatMap((rule) => {
      const bases = rule.rules.map((reference) => ruleReferred(rules, reference));
      return bases.filter((base) => base?.kind === 'correlation').map((base) => ({ rule, base }));
    });
    this.#inner = new Set(inner.flatMap(({ base }) => base ?? []));
    this.#carried = [...new Set(inner.flatMap(({ rule }) => fieldsRead(rule, rules)))];
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

  async #run(rule: CorrelationRule): Promise<Outcome & { readonly groups: readonly WindowMatch[] }> {
    const known = this.#done.get(rule);
    if (known !== undefined) return known;
    const clock = this.#options.clock ?? Date.now;
    const start = clock();
    let made: Outcome & { readonly groups: readonly WindowMatch[] };
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

  async #judged(rule: CorrelationRule): Promise<Outcome & { readonly groups: readonly WindowMatch[] }> {
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
    const { grouping, limit = DEFAULT_LIMIT } = this.#options;
    const found = new EarliestMatches(rule, limit, grouping !== undefined);
    const isInner = this.#inner.has(rule);
    const groups: WindowMatch[] = [];
    const leftOut = await runCorrelation(
      rule,
      bases,
      { carried: this.#carried, isInner },
      this.#engine,
      this.#layout,
      this.#options,
      (match) => {
        found.take(match);
        if (isInner) groups.push(match);
      },
    );
    return {
      status: 'ran',
      matches: found.matches(),
      total: found.total,
      groups,
      ...notesOf(notes),
      ...(Object.keys(leftOut).length > 0 ? { leftOut } : {}),
    };
  }
}

/** What was recorded, found out once for all correlations. */
function once({ coverage }: RunOptions): Pick<RunOptions, 'coverage'> {
  if (coverage === undefined) return {};
  let found: Promise<Coverage> | undefined;
  return {
    coverage() {
      found ??= coverage();
      return found;
    },
  };
}

/** The outcome of a correlation whose base, named so, did not run. */
function notRun(
  title: string,
  { status, reason, needs }: Pick<RuleRun, 'status' | 'reason' | 'needs'>,
): Outcome {
  return { status, reason: `“${title}”: ${reason}`, ...(needs === undefined ? {} : { needs }) };
}
