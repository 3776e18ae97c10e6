import { conditionPredicate } from '@dbwitness/shared/sigma/condition/resolve-condition.ts';
import { detectionPredicate } from '@dbwitness/shared/sigma/plan/detection-predicate.ts';
import { itemPredicate } from '@dbwitness/shared/sigma/plan/item-predicate.ts';
import type { Predicate } from '@dbwitness/shared/sigma/predicate.ts';
import type { DetectionItem, DetectionRule } from '@dbwitness/shared/sigma/rule.ts';
import { openEnd, openStart, type Pattern } from '@dbwitness/shared/sigma/values/pattern.ts';

/** A tree in the one form that ours and pySigma's are brought to: leaves are texts that say all that a leaf asks. */
export type Tree = string | { readonly [operator: string]: readonly Tree[] };

/** What a rule's conditions ask, from the same predicates that its SQL is made of. */
export function ourTrees(rule: DetectionRule): readonly Tree[] {
  const selections = new Map(
    [...rule.detections].map(([name, body]) => [name, detectionPredicate(body, plain)]),
  );
  return rule.conditions.map((condition) =>
    ours(conditionPredicate(condition, new Set(selections.keys())), selections),
  );
}

function plain(item: DetectionItem): Predicate {
  return itemPredicate(item, { placeholder: (name) => [name], fault: () => undefined });
}

function ours(predicate: Predicate, selections: ReadonlyMap<string, Predicate>): Tree {
  switch (predicate.kind) {
    case 'and':
    case 'or':
      return joined(
        predicate.kind,
        predicate.of.map((part) => ours(part, selections)),
      );
    case 'not':
      return { not: [ours(predicate.of, selections)] };
    case 'selection': {
      const selection = selections.get(predicate.name);
      return selection === undefined ? `unknown ${predicate.name}` : ours(selection, selections);
    }
    case 'text': {
      const { field, pattern, cased } = predicate;
      return text(field, partsOf(pattern), cased);
    }
    case 'regex':
      return `${predicate.field ?? '*'} ~ /${predicate.source}/${[...predicate.flags].sort().join('')}`;
    case 'network':
      return `${predicate.field} in ${predicate.network.text}`;
    case 'number':
      return `${predicate.field} ${predicate.is} ${predicate.value}`;
    case 'absent':
      return `${predicate.field} absent`;
    case 'field':
      return `${predicate.field} ${predicate.is} field ${predicate.other}`;
    case 'members':
      return `${predicate.field}[${predicate.which}] ${JSON.stringify(ours(predicate.of, selections))}`;
    case 'time':
      // What part of the time is asked for is not in pySigma's tree as it was written down.
      return `${predicate.field} ${predicate.is} ${predicate.value}`;
  }
}

type Part = string | { readonly wildcard: '*' | '?' | 'dash' };

function partsOf(pattern: Pattern): readonly Part[] {
  return pattern.map((part): Part => {
    if (part.kind === 'text') return part.text;
    return { wildcard: part.kind === 'any' ? '*' : part.kind === 'one' ? '?' : 'dash' };
  });
}

const DASH = /[-/\u2013\u2014\u2015]/g;

/** One text test; where one dash stands for all, every dash is written alike, since pySigma's variants do not tell which. */
function text(field: string | undefined, parts: readonly Part[], cased: boolean): string {
  const dashes = parts.some((part) => typeof part !== 'string' && part.wildcard === 'dash');
  const shown = parts.map((part) => {
    if (typeof part !== 'string') return part.wildcard === 'dash' ? '-' : `<${part.wildcard}>`;
    return dashes ? part.replace(DASH, '-') : part;
  });
  return `${field ?? '*'} ${cased ? '==' : '='} ${shown.join('').replaceAll(/(<\*>)+/g, '<*>')}`;
}

/** pySigma's trees of one rule, as corpus/sigma/expected has them: one a condition, or a text where it refused. */
export function theirTrees(trees: unknown): readonly Tree[] {
  return (Array.isArray(trees) ? trees : [trees]).map((tree) =>
    typeof tree === 'string' ? 'refused' : theirs(tree),
  );
}

// biome-ignore lint/suspicious/noExplicitAny: JSON as another program wrote it
type Json = any;

function theirs(node: Json): Tree {
  if (node === null) return 'nothing';
  if ('and' in node) return joined('and', node.and.map(theirs));
  if ('or' in node) return joined('or', node.or.map(theirs));
  if ('not' in node) return { not: [theirs(node.not)].flat() };
  if ('kw' in node) return leaf(undefined, node.kw);
  return leaf(node.f, node.v);
}

const FLAGS = { IGNORECASE: 'i', MULTILINE: 'm', DOTALL: 's' };

function leaf(field: string | undefined, value: Json): Tree {
  const name = field ?? '*';
  if (Array.isArray(value)) return theirText(field, value, false);
  switch (value.t) {
    case 'SigmaString':
      return theirText(field, value.v, false);
    case 'SigmaCasedString':
      return theirText(field, value.v, true);
    case 'SigmaNumber':
    case 'SigmaBool':
      return theirText(field, [String(value.v)], false);
    case 'SigmaNull':
      return `${name} absent`;
    case 'SigmaExists':
      return value.v ? { not: [`${name} absent`] } : `${name} absent`;
    case 'SigmaRegularExpression':
      return `${name} ~ /${value.v.replace(/%(\w+)%/g, '(?:$1)')}/${value.flags
        .map((flag: keyof typeof FLAGS) => FLAGS[flag])
        .sort()
        .join('')}`;
    case 'SigmaTimestampPart':
      return `${name} equal ${value.v}`;
    case 'SigmaCIDRExpression':
      return `${name} in ${value.v}`;
    case 'SigmaCompareExpression':
      return `${name} ${value.op.toLowerCase()} ${value.v}`;
    case 'SigmaFieldReference': {
      const is =
        value.sw && value.ew ? 'contains' : value.sw ? 'startswith' : value.ew ? 'endswith' : 'equal';
      return `${name} ${is} field ${value.v}`;
    }
    case 'SigmaExpansion': {
      const variants: readonly Tree[] = value.v.map((variant: Json) => leaf(field, variant));
      const alike = new Set(
        variants.map((variant) => (typeof variant === 'string' ? variant.replace(DASH, '-') : variant)),
      );
      return alike.size === 1 && variants.length > 1 ? ([...alike][0] ?? '') : joined('or', variants);
    }
    default:
      return `${name} ${value.t} ${JSON.stringify(value)}`;
  }
}

function theirText(field: string | undefined, parts: readonly Json[], cased: boolean): string {
  const pattern = parts.map((part): Pattern[number] => {
    if (part === 'WILDCARD_MULTI') return { kind: 'any' };
    if (part === 'WILDCARD_SINGLE') return { kind: 'one' };
    return { kind: 'text', text: typeof part === 'string' ? part : JSON.stringify(part) };
  });
  // A keyword stands anywhere in a value.
  return text(field, partsOf(field === undefined ? openEnd(openStart(pattern)) : pattern), cased);
}

/** Nested operators of one kind as one, and one operand as itself: what neither tree means to say. */
function joined(operator: 'and' | 'or', parts: readonly Tree[]): Tree {
  const of = parts.flatMap((part) =>
    typeof part !== 'string' && part[operator] !== undefined ? part[operator] : [part],
  );
  return of.length === 1 && of[0] !== undefined ? of[0] : { [operator]: of };
}
