import type { Condition } from '../condition/condition.ts';
import { conditionPredicate } from '../condition/resolve-condition.ts';
import { and, leavesOf, or, type Predicate } from '../predicate.ts';
import type { Detection, DetectionRule, FilterRule } from '../rule.ts';
import { itemPredicate } from './item-predicate.ts';
import { covers, logSourcePredicate } from './logsource.ts';

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
}

/** Values of `%name%`; undefined where nothing defines it. */
export type Placeholders = (name: string) => readonly string[] | undefined;

/** Makes the plan, or says for people why the rule cannot run (SIGMA P2: never run with a placeholder left open). */
export function planRule(
  rule: DetectionRule,
  filters: readonly FilterRule[],
  placeholders: Placeholders,
): { readonly plan: Plan } | { readonly reason: string; readonly status: 'skipped' | 'failed' } {
  const [fault] = rule.faults;
  if (fault !== undefined) return { status: 'failed', reason: fault.message };
  const source = logSourcePredicate(rule.logsource);
  if (source === undefined) return { status: 'skipped', reason: 'its log source is not a database log' };
  const missing = new Set<string>();
  const lookUp: Placeholders = (name) => {
    const values = placeholders(name);
    if (values === undefined) missing.add(name);
    return values;
  };
  const selections = new Map<string, Predicate>();
  const add = (
    prefix: string,
    body: { readonly detections: ReadonlyMap<string, Detection>; readonly conditions: readonly Condition[] },
  ) => {
    for (const [name, detection] of body.detections)
      selections.set(prefix + name, detectionPredicate(detection, lookUp));
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
  if (missing.size > 0) {
    return {
      status: 'skipped',
      reason: `the estate does not define ${[...missing].map((name) => `%${name}%`).join(', ')}`,
    };
  }
  const where = and(tests);
  const fields = new Set<string>();
  for (const leaf of leavesOf(where, selections)) {
    if (leaf.field !== undefined) fields.add(leaf.field);
    if (leaf.kind === 'field') fields.add(leaf.other);
  }
  return { plan: { rule, where, selections, names: [...rule.detections.keys()], fields: [...fields] } };
}

function reaches(filter: FilterRule, rule: DetectionRule): boolean {
  const named =
    filter.rules === 'any' ||
    filter.rules.some((reference) => reference === rule.id || reference === rule.name);
  return named && covers(filter.logsource, rule.logsource);
}

function detectionPredicate(detection: Detection, placeholder: Placeholders): Predicate {
  // What is wrong with an item was said when the rule was read.
  if (detection.kind === 'item')
    return itemPredicate(detection.item, { placeholder, fault: () => undefined });
  const parts = detection.of.map((part) => detectionPredicate(part, placeholder));
  return detection.kind === 'all' ? and(parts) : or(parts);
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
