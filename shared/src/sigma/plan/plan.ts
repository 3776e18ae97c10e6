import type { Estate } from '../../estate/estate.ts';
import type { Condition } from '../condition/condition.ts';
import { conditionPredicate } from '../condition/resolve-condition.ts';
import type { RuleRun } from '../detection.ts';
import { and, leavesOf, or, type Predicate } from '../predicate.ts';
import type { Detection, DetectionItem, DetectionRule, FilterRule } from '../rule.ts';
import { detectionPredicate } from './detection-predicate.ts';
import { canHoldWithout, flagsOutOfReach } from './estate-flags.ts';
import { CASE_EVENTS, type EventKind } from './event-kind.ts';
import { itemPredicate } from './item-predicate.ts';
import { covers } from './logsource.ts';
import { estatePlaceholders } from './placeholders.ts';

/** What a detection rule asks, ready for every engine. */
export interface Plan {
  readonly rule: DetectionRule;
  /** Log source and condition, and the filters that reach the rule. */
  readonly where: Predicate;
  /** Search identifiers; a filter's stand under its own name, so that they never meet the rule's (SIGMA F3). */
  readonly selections: ReadonlyMap<string, Predicate>;
  /** The rule's own, in its order. */
  readonly names: readonly string[];
  /** Every field that is asked for. */
  readonly fields: readonly string[];
  /** What a reader of the results must know of how the rule ran, as sentences. */
  readonly notes: readonly string[];
}

/**
 * Makes the plan, or says for people why the rule cannot run. A placeholder that nothing defines keeps it from running
 * (SIGMA P2), except where the rule only leaves something out by it: then nothing is left out, and a note says so.
 */
export function planRule(
  rule: DetectionRule,
  filters: readonly FilterRule[],
  estate: Estate | undefined,
  events: EventKind = CASE_EVENTS,
):
  | { readonly plan: Plan }
  | ({ readonly status: 'skipped' | 'failed' } & Required<Pick<RuleRun, 'reason'>> & Pick<RuleRun, 'needs'>) {
  const [fault] = rule.faults;
  if (fault !== undefined) return { status: 'failed', reason: fault.message };
  const source = events.logSource(rule.logsource);
  if (source === undefined) return { status: 'skipped', reason: 'its log source is not a database log' };
  const defined = estatePlaceholders(estate);
  const missing: Missing[] = [];
  const selections = new Map<string, Predicate>();
  const add = (
    prefix: string,
    body: { readonly detections: ReadonlyMap<string, Detection>; readonly conditions: readonly Condition[] },
  ) => {
    for (const [name, detection] of body.detections) {
      const lookUp = (placeholder: string, negated: boolean) => {
        const values = defined(placeholder);
        if (values === undefined) missing.push({ placeholder, selection: prefix + name, negated });
        return values;
      };
      const ofItem = (item: DetectionItem) =>
        itemPredicate(item, {
          placeholder: (placeholder) => lookUp(placeholder, item.modifiers.includes('neq')),
          // What is wrong with an item was said when the rule was read.
          fault: () => undefined,
        });
      selections.set(prefix + name, detectionPredicate(detection, ofItem));
    }
    return or(
      body.conditions.map((condition) =>
        prefixed(conditionPredicate(condition, new Set(body.detections.keys())), prefix),
      ),
    );
  };
  const tests = [source, add('', rule)];
  for (const [index, filter] of filters.entries()) {
    if (filter.faults.length === 0 && reaches(filter, rule)) tests.push(add(`filter ${index} `, filter));
  }
  const where = and(tests);
  const leaves = [...leavesOf(where, selections)];
  if (!events.nested && leaves.some((leaf) => leaf.kind === 'members'))
    return { status: 'skipped', reason: 'it chooses members of arrays, which only events in JSON have' };
  const { needed, left } = sorted(missing, where);
  if (needed.length > 0)
    return { status: 'skipped', needs: 'estate', reason: undefinedReason(needed, estate) };
  const flags = flagsOutOfReach(events.estateFlags, leaves, estate);
  if (flags.length > 0 && !canHoldWithout(flags, where, selections))
    return { status: 'skipped', needs: 'estate', reason: flagsReason(flags, estate) };
  const notes = [
    ...(left.length > 0 ? [`ran without ${named(left)}: nothing was left out`] : []),
    ...(flags.length > 0 ? [`ran although no event here can have the flag ${flags.join(', ')}`] : []),
  ];
  const fields = new Set<string>();
  for (const leaf of leaves) {
    if (leaf.field !== undefined) fields.add(leaf.field);
    if (leaf.kind === 'field') fields.add(leaf.other);
  }
  return {
    plan: { rule, where, selections, names: [...rule.detections.keys()], fields: [...fields], notes },
  };
}

/** A placeholder that nothing defines, where it stands. */
interface Missing {
  readonly placeholder: string;
  readonly selection: string;
  /** By `neq`, within its item. */
  readonly negated: boolean;
}

/** The placeholders without which the rule is another, and those by which it only leaves something out. */
function sorted(
  missing: readonly Missing[],
  where: Predicate,
): { readonly needed: readonly string[]; readonly left: readonly string[] } {
  if (missing.length === 0) return { needed: [], left: [] };
  const uses = [...usesOf(where)];
  const used = (negative: boolean) => [
    ...new Set(
      missing
        .filter(({ selection, negated }) =>
          uses.some((use) => use.name === selection && (use.negated !== negated) === negative),
        )
        .map(({ placeholder }) => placeholder),
    ),
  ];
  return { needed: used(false), left: used(true) };
}

/** Where a condition names its searches, and whether under an odd number of NOTs. */
function* usesOf(
  predicate: Predicate,
  negated = false,
): Generator<{ readonly name: string; readonly negated: boolean }> {
  if (predicate.kind === 'selection') yield { name: predicate.name, negated };
  else if (predicate.kind === 'not') yield* usesOf(predicate.of, !negated);
  else if (predicate.kind === 'and' || predicate.kind === 'or')
    for (const part of predicate.of) yield* usesOf(part, negated);
}

function undefinedReason(placeholders: readonly string[], estate: Estate | undefined): string {
  return estate === undefined
    ? `it needs ${named(placeholders)}, and the case has no estate: attach an estate file that defines it`
    : `the estate does not define ${named(placeholders)}`;
}

function flagsReason(flags: readonly string[], estate: Estate | undefined): string {
  return estate === undefined
    ? `it looks for the flag ${flags.join(', ')}, which events get from an estate, and the case has none: attach an estate file`
    : `it looks for the flag ${flags.join(', ')}, and the estate states no working hours`;
}

function named(placeholders: readonly string[]): string {
  return placeholders.map((name) => `%${name}%`).join(', ');
}

/** Whether the filter is for the rule: it names it, and its log source covers the rule's (SIGMA F2). */
export function reaches(filter: FilterRule, rule: DetectionRule): boolean {
  const named =
    filter.rules === 'any' ||
    // By title, as rsigma has it, is told by a lint (F2).
    filter.rules.some((reference) => [rule.id, rule.name, rule.title].includes(reference));
  return named && covers(filter.logsource, rule.logsource);
}

function prefixed(predicate: Predicate, prefix: string): Predicate {
  switch (predicate.kind) {
    case 'and':
    case 'or':
      return { kind: predicate.kind, of: predicate.of.map((part) => prefixed(part, prefix)) };
    case 'not':
      return { kind: 'not', of: prefixed(predicate.of, prefix) };
    case 'selection':
      return { kind: 'selection', name: prefix + predicate.name };
    default:
      return predicate;
  }
}
