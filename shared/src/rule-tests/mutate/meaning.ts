import type { Estate } from '../../estate/estate.ts';
import { type ImplicationContext, implies } from '../../sigma/lint/logic/implication.ts';
import { ruleReferred } from '../../sigma/load-rules.ts';
import type { EventKind } from '../../sigma/plan/event-kind.ts';
import { planRule } from '../../sigma/plan/plan.ts';
import { NOTHING, type Predicate } from '../../sigma/predicate.ts';
import type { Rule } from '../../sigma/rule.ts';
import type { Variant } from '../variants.ts';

/**
 * What a variant asks, as text that is the same for variants that find the same: plans in a normal form. Variants with
 * different texts may still find the same; what is equal here surely does. Undefined where the rule cannot run.
 */
export function meaningOf(
  { set, rule }: Variant,
  estate: Estate | undefined,
  kind: EventKind,
): string | undefined {
  const parts: string[] = [];
  const number = (one: Rule | undefined) => (one === undefined ? -1 : set.rules.indexOf(one));
  for (const one of set.rules) {
    if (one.kind === 'detection') {
      const made = planRule(one, set.filters, estate, kind);
      if (!('plan' in made)) return undefined;
      const { where, selections } = made.plan;
      parts.push(shown(normal(where, selections, true)));
      continue;
    }
    if (one.faults.length > 0) return undefined;
    const named = (reference: string) => number(ruleReferred(set.rules, reference));
    parts.push(
      shown({
        type: one.type,
        rules: one.rules.map(named),
        groupBy: [...one.groupBy].sort(),
        timespan: one.timespan,
        window: one.window,
        gap: one.gap,
        condition: withoutSpans(one.condition),
        aliases: [...one.aliases].map(([alias, fields]) => [alias, [...fields]]),
      }),
    );
  }
  return `${number(rule)} ${parts.join('\n')}`;
}

/** The predicate with selections in place of their names, NOT at the leaves only, and no part twice. */
function normal(predicate: Predicate, selections: ReadonlyMap<string, Predicate>, holds: boolean): Predicate {
  switch (predicate.kind) {
    case 'not':
      return normal(predicate.of, selections, !holds);
    case 'selection':
      return normal(selections.get(predicate.name) ?? NOTHING, selections, holds);
    case 'and':
    case 'or': {
      const kind = (predicate.kind === 'and') === holds ? 'and' : 'or';
      const parts = predicate.of
        .map((part) => normal(part, selections, holds))
        .flatMap((part) => (part.kind === kind ? part.of : [part]));
      const byText = new Map(parts.map((part) => [shown(part), part]));
      return joined(kind, byText);
    }
    default:
      return holds ? predicate : { kind: 'not', of: predicate };
  }
}

/** Comparisons of parts of one AND or OR; beyond them parts are taken for different. */
const MOST_COMPARISONS = 2000;

/** Parts in order; one that another already says is left out (of `pg_*` or `pg_catalog.*` the second). */
function joined(kind: 'and' | 'or', byText: ReadonlyMap<string, Predicate>): Predicate {
  // Any field may hold several values: only what is certain makes two rules one.
  const context: ImplicationContext = { holdsSeveral: () => true, left: MOST_COMPARISONS };
  const said = (part: Predicate, by: Predicate) =>
    kind === 'and' ? implies(by, part, context) : implies(part, by, context);
  const kept: (readonly [string, Predicate])[] = [];
  for (const [text, part] of [...byText].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (kept.some(([, other]) => said(part, other))) continue;
    const others = kept.filter(([, other]) => !said(other, part));
    kept.splice(0, kept.length, ...others, [text, part]);
  }
  const of = kept.map(([, part]) => part);
  const [only] = of;
  return of.length === 1 && only !== undefined ? only : { kind, of };
}

const TEXTS = new WeakMap<object, string>();

function shown(value: object): string {
  const known = TEXTS.get(value);
  if (known !== undefined) return known;
  const text = JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? `${inner}n` : inner));
  TEXTS.set(value, text);
  return text;
}

function withoutSpans(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner) => (key === 'span' ? undefined : inner)));
}
