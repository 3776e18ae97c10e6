import type { Condition } from '../sigma/condition/condition.ts';
import type { DocumentEvent } from '../sigma/documents/document.ts';
import type { EventRun } from '../sigma/documents/event-run.ts';
import { type EventRunOptions, runOnEvents } from '../sigma/documents/run-on-events.ts';
import { ruleReferred } from '../sigma/load-rules.ts';
import type { CorrelationRule, FilterRule, Rule, RuleSet } from '../sigma/rule.ts';
import type { TableEngine } from '../sigma/sql/table-engine.ts';
import type { PreparedTest } from './prepare.ts';
import type { FoundMatch, RuleFound } from './test-result.ts';

/** A set in which one rule is tried: the suite's own, or one with a mutant in it. */
export interface Variant {
  readonly set: RuleSet;
  readonly rule: Rule;
}

/**
 * The field that tells the slices of all tests apart: correlations group by it, so that no window reaches from one into
 * another. No field of the data can be called so, and no text of a rule is like its values.
 */
const SLICE = '\0slice';

/**
 * Runs variants of a rule over the events of all tests in one go: one table, one pass of queries. Gives what was found, by
 * variant and test.
 */
export async function runVariants(
  variants: readonly Variant[],
  tests: readonly PreparedTest[],
  engine: TableEngine,
  options: EventRunOptions,
): Promise<readonly (readonly RuleFound[])[]> {
  const isSliced = variants.some(({ set }) => set.rules.some((rule) => rule.kind === 'correlation'));
  const { events, owners } = allEvents(tests, isSliced);
  const isolated = variants.map((variant, i) => isolate(variant, `v${i} `, isSliced));
  const set: RuleSet = {
    rules: isolated.flatMap(({ rules }) => rules),
    filters: isolated.flatMap(({ filters }) => filters),
  };
  const { runs } = await runOnEvents(set, events, engine, options);
  const byKey = new Map(runs.map((run) => [run.rule, run]));
  return isolated.map(({ key }) => foundIn(byKey.get(key), tests, owners));
}

interface Owner {
  readonly test: number;
  readonly event: number;
}

function allEvents(
  tests: readonly PreparedTest[],
  isSliced: boolean,
): { readonly events: readonly DocumentEvent[]; readonly owners: readonly Owner[] } {
  const events: DocumentEvent[] = [];
  const owners: Owner[] = [];
  let slices = 0;
  for (const [test, { slices: ofTest }] of tests.entries()) {
    let event = 0;
    for (const slice of ofTest) {
      const mark = sliceMark(slices++);
      for (const { fields, at } of slice) {
        events.push({ fields: isSliced ? { ...fields, [SLICE]: mark } : fields, at });
        owners.push({ test, event: event++ });
      }
    }
  }
  return { events, owners };
}

/** A number in characters for private use: keywords of rules look at every value. */
function sliceMark(slice: number): string {
  return [...String(slice)].map((digit) => String.fromCodePoint(0xf0000 + Number(digit))).join('');
}

function foundIn(
  run: EventRun | undefined,
  tests: readonly PreparedTest[],
  owners: readonly Owner[],
): readonly RuleFound[] {
  const matches: FoundMatch[][] = tests.map(() => []);
  for (const match of run?.matches ?? []) {
    const owned = match.events.flatMap((event) => owners[event] ?? []);
    const [first] = owned;
    if (first === undefined) continue;
    const { group, selections, value } = match;
    const shown = Object.entries(group ?? {}).filter(([field]) => field !== SLICE);
    matches[first.test]?.push({
      events: owned.map(({ event }) => event).sort((a, b) => a - b),
      count: match.count,
      ...(group === undefined
        ? {}
        : { group: Object.fromEntries(shown), first: match.first, last: match.last }),
      ...(value === undefined ? {} : { value }),
      ...(selections === undefined ? {} : { selections }),
    });
  }
  const { status = 'failed', reason, notes = [], leftOut } = run ?? {};
  return matches.map((ofTest) => ({
    status,
    matches: ofTest,
    notes,
    ...(reason === undefined ? {} : { reason }),
    ...(leftOut === undefined ? {} : { leftOut }),
  }));
}

/** The rules of a variant under names of their own, so that many can stand in one set. */
function isolate(
  { set, rule }: Variant,
  prefix: string,
  isSliced: boolean,
): RuleSet & { readonly key: string } {
  const keys = new Map(set.rules.map((one, i) => [one, `${prefix}${i}`]));
  const keyOf = (reference: string) => {
    const referred = ruleReferred(set.rules, reference);
    return (referred === undefined ? undefined : keys.get(referred)) ?? reference;
  };
  const own = <T extends Rule | FilterRule>({ name: _, ...one }: T, key: string) => ({
    ...one,
    key,
    id: key,
  });
  return {
    key: keys.get(rule) ?? prefix,
    rules: set.rules.map((one) => {
      const key = keys.get(one) ?? prefix;
      return one.kind === 'correlation' ? correlationOf(own(one, key), keyOf, isSliced) : own(one, key);
    }),
    filters: set.filters.map((filter, i) => ({
      ...own(filter, `${prefix}filter ${i}`),
      rules: filter.rules === 'any' ? [...keys.values()] : filter.rules.map(keyOf),
    })),
  };
}

function correlationOf(
  rule: CorrelationRule,
  keyOf: (reference: string) => string,
  isSliced: boolean,
): CorrelationRule {
  const { expression } = rule.condition;
  return {
    ...rule,
    rules: rule.rules.map(keyOf),
    groupBy: isSliced ? [...rule.groupBy, SLICE] : rule.groupBy,
    condition: {
      ...rule.condition,
      ...(expression === undefined ? {} : { expression: withNames(expression, keyOf) }),
    },
    aliases: new Map(
      [...rule.aliases].map(([alias, fields]) => [
        alias,
        new Map([...fields].map(([reference, field]) => [keyOf(reference), field])),
      ]),
    ),
  };
}

function withNames(condition: Condition, keyOf: (reference: string) => string): Condition {
  if (condition.kind === 'not') return { kind: 'not', of: withNames(condition.of, keyOf) };
  if ('of' in condition)
    return { kind: condition.kind, of: condition.of.map((part) => withNames(part, keyOf)) };
  return condition.kind === 'name' ? { ...condition, name: keyOf(condition.name) } : condition;
}
