import { fieldNamed } from '../../../events/fields.ts';
import type { Condition } from '../../condition/condition.ts';
import { conditionUses, selectedNames } from '../../condition/resolve-condition.ts';
import { detectionPredicate } from '../../plan/detection-predicate.ts';
import { itemPredicate } from '../../plan/item-predicate.ts';
import type { Predicate } from '../../predicate.ts';
import type { Detection, DetectionItem, DetectionRule, FilterRule } from '../../rule.ts';
import { excludes, type ImplicationContext, implies, UNKNOWN_VALUE } from './implication.ts';
import {
  both,
  constant,
  either,
  isFreeOf,
  isNever,
  MOST_VARIABLES,
  negation,
  type TruthTable,
  variable,
} from './truth-table.ts';

/** Leaves that are compared for one rule; a rule with more is judged by what was found till then. */
const MOST_COMPARISONS = 20_000;

/** What a condition says of the searches of a rule, given what the searches say of each other. */
export interface RuleLogic {
  readonly names: readonly string[];
  /** In the order of the rule's conditions. */
  readonly conditions: readonly {
    readonly always: boolean;
    readonly never: boolean;
    readonly used: readonly string[];
    /** Searches of these without which the condition would select the same events. */
    readonly idle: readonly string[];
  }[];
  /** Pairs of searches where the first holds only with the second. */
  readonly implications: readonly (readonly [string, string])[];
  /** Pairs of searches that no event satisfies together. */
  readonly exclusions: readonly (readonly [string, string])[];
}

type Body = Pick<DetectionRule, 'detections' | 'conditions'>;

const KNOWN = new WeakMap<object, RuleLogic | undefined>();

/** The logic of a rule or filter, or undefined where it has too many searches to say. */
export function ruleLogic(rule: DetectionRule | FilterRule): RuleLogic | undefined {
  if (!KNOWN.has(rule)) KNOWN.set(rule, logicOf([rule], rule.conditions));
  return KNOWN.get(rule);
}

/** Whether a filter leaves nothing of a rule: rule and filter condition exclude each other (SIGMA F4). */
export function hidesAll(filter: FilterRule, rule: DetectionRule): boolean {
  // Searches that share no field say nothing of each other, and most filters and rules do not.
  const fields = fieldsOf(filter);
  if (![...fieldsOf(rule)].some((field) => fields.has(field))) return false;
  const alone = ruleLogic(rule);
  if (alone === undefined || alone.conditions.every(({ never }) => never)) return false;
  const prefixed = new Map([...filter.detections].map(([name, detection]) => [`filter ${name}`, detection]));
  const condition = renamed({ kind: 'or', of: filter.conditions }, prefixed.keys());
  const combined: Condition = { kind: 'and', of: [{ kind: 'or', of: rule.conditions }, condition] };
  const logic = logicOf([rule, { detections: prefixed, conditions: [] }], [combined]);
  return logic?.conditions[0]?.never === true;
}

const FIELDS = new WeakMap<object, ReadonlySet<string | undefined>>();

/** The fields of a rule's searches; undefined stands for keywords. */
function fieldsOf(body: Body): ReadonlySet<string | undefined> {
  const known = FIELDS.get(body);
  if (known !== undefined) return known;
  const fields = new Set<string | undefined>();
  const visit = (detection: Detection): void => {
    if (detection.kind === 'item') fields.add(detection.item.field);
    else if (detection.kind === 'members') fields.add(detection.array);
    else detection.of.forEach(visit);
  };
  for (const detection of body.detections.values()) visit(detection);
  FIELDS.set(body, fields);
  return fields;
}

/** The filter's condition over its prefixed names; patterns are resolved, since the rule's names never meet them. */
function renamed(condition: Condition, names: Iterable<string>): Condition {
  const all = [...names];
  const rename = (part: Condition): Condition => {
    if (part.kind === 'not') return { kind: 'not', of: rename(part.of) };
    if ('of' in part) return { kind: part.kind, of: part.of.map(rename) };
    if (part.kind === 'name') return { ...part, name: `filter ${part.name}` };
    const own = all.map((name) => name.slice('filter '.length));
    const of = selectedNames(part.pattern, own).map(
      (name): Condition => ({ kind: 'name', name: `filter ${name}`, span: part.span }),
    );
    return { kind: part.kind === 'every' ? 'and' : 'or', of };
  };
  return rename(condition);
}

function logicOf(bodies: readonly Body[], conditions: readonly Condition[]): RuleLogic | undefined {
  const detections = bodies.flatMap((body) => [...body.detections]);
  const count = detections.length;
  if (count === 0 || count > MOST_VARIABLES) return undefined;
  const names = detections.map(([name]) => name);
  const context: ImplicationContext = { holdsSeveral, left: MOST_COMPARISONS };
  const predicates = detections.map(([, detection]) => knownPredicateOf(detection));
  const tables = names.map((_, i) => variable(i, count));
  const table = (i: number): TruthTable => tables[i] ?? constant(count, false);
  let allowed = constant(count, true);
  const implications: [string, string][] = [];
  const exclusions: [string, string][] = [];
  for (const [i, a] of predicates.entries()) {
    if (contradictsItself(a, context)) allowed = both(allowed, negation(table(i), count));
    for (const [j, b] of predicates.entries()) {
      if (i === j) continue;
      if (implies(a, b, context)) {
        implications.push([names[i] ?? '', names[j] ?? '']);
        allowed = both(allowed, either(negation(table(i), count), table(j)));
      } else if (i < j && excludes(a, b, context)) {
        exclusions.push([names[i] ?? '', names[j] ?? '']);
        allowed = both(allowed, negation(both(table(i), table(j)), count));
      }
    }
  }
  return {
    names,
    implications,
    exclusions,
    conditions: conditions.map((condition) => {
      const says = conditionTable(condition, names, tables, count);
      const never = isNever(both(says, allowed));
      const always = isNever(both(negation(says, count), allowed));
      const idle = never || always ? [] : names.filter((_, n) => isFreeOf(says, n, count, allowed));
      return { never, always, used: namesUsed(condition, names), idle };
    }),
  };
}

function namesUsed(condition: Condition, names: readonly string[]): readonly string[] {
  const used = [...conditionUses(condition)].flatMap((use) =>
    use.kind === 'name' ? [use.name] : selectedNames(use.pattern, names),
  );
  return [...new Set(used)];
}

function conditionTable(
  condition: Condition,
  names: readonly string[],
  tables: readonly TruthTable[],
  count: number,
): TruthTable {
  const join = (of: readonly TruthTable[], all: boolean) =>
    of.reduce((joined, part) => (all ? both(joined, part) : either(joined, part)), constant(count, all));
  const of = (name: string) => tables[names.indexOf(name)] ?? constant(count, false);
  switch (condition.kind) {
    case 'and':
    case 'or':
      return join(
        condition.of.map((part) => conditionTable(part, names, tables, count)),
        condition.kind === 'and',
      );
    case 'not':
      return negation(conditionTable(condition.of, names, tables, count), count);
    case 'name':
      return of(condition.name);
    default: {
      const selected = selectedNames(condition.pattern, names).map(of);
      return selected.length === 0 ? constant(count, false) : join(selected, condition.kind === 'every');
    }
  }
}

/** Two parts of an AND that exclude each other, however deep. */
function contradictsItself(predicate: Predicate, context: ImplicationContext): boolean {
  if (predicate.kind === 'or')
    return predicate.of.length > 0 && predicate.of.every((part) => contradictsItself(part, context));
  if (predicate.kind !== 'and') return false;
  return predicate.of.some(
    (part, i) =>
      contradictsItself(part, context) ||
      predicate.of.slice(i + 1).some((other) => excludes(part, other, context)),
  );
}

const PREDICATES = new WeakMap<Detection, Predicate>();

/** Made once for a search, however many filters its rule is compared with. */
function knownPredicateOf(detection: Detection): Predicate {
  const known = PREDICATES.get(detection) ?? detectionPredicate(detection, predicateOfItem);
  PREDICATES.set(detection, known);
  return known;
}

/** One item as a predicate, for comparing it with others. */
export function predicateOfItem(item: DetectionItem): Predicate {
  return itemPredicate(item, {
    placeholder: (name) => [UNKNOWN_VALUE + name + UNKNOWN_VALUE],
    fault: () => undefined,
  });
}

/** Whether a field of the dictionary holds a list; of other sources' fields that is not known, and one value is the rule. */
export function holdsSeveral(field: string | undefined): boolean {
  if (field === undefined) return true;
  const type = fieldNamed(field.split('.')[0] ?? '')?.type;
  return type === 'text list' || type === 'object list' || type === 'json';
}
