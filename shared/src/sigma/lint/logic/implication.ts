import type { Leaf, Predicate } from '../../predicate.ts';
import { fold } from '../../values/fold.ts';
import type { Pattern } from '../../values/pattern.ts';

/** What is known beside the form of two predicates. */
export interface ImplicationContext {
  /** Whether a field can hold several values at once; then two different values do not exclude each other (SIGMA R16). */
  holdsSeveral(field: string | undefined): boolean;
  /** Comparisons of leaves that may still be made; when none is left the answer is “not known”. */
  left: number;
}

/** A placeholder's value stands between two of these: it is not known, so it excludes nothing. */
export const UNKNOWN_VALUE = '\uE000';

/** Whether every event that satisfies `a` satisfies `b`. True is certain; false also means that it is not known. */
export function implies(a: Predicate, b: Predicate, context: ImplicationContext): boolean {
  if (b.kind === 'and') return b.of.every((part) => implies(a, part, context));
  if (a.kind === 'or') return a.of.length > 0 && a.of.every((part) => implies(part, b, context));
  if (a.kind === 'and' && a.of.some((part) => implies(part, b, context))) return true;
  if (b.kind === 'or') return b.of.some((part) => implies(a, part, context));
  if (b.kind === 'not') {
    if (a.kind === 'not') return implies(b.of, a.of, context);
    return excludes(a, b.of, context);
  }
  return isLeaf(a) && isLeaf(b) && leafImplies(a, b, context);
}

/** Whether no event satisfies both. True is certain as long as the fields hold one value each. */
export function excludes(a: Predicate, b: Predicate, context: ImplicationContext): boolean {
  if (a.kind === 'or') return a.of.length > 0 && a.of.every((part) => excludes(part, b, context));
  if (b.kind === 'or') return b.of.length > 0 && b.of.every((part) => excludes(a, part, context));
  if (a.kind === 'and') return a.of.some((part) => excludes(part, b, context));
  if (b.kind === 'and') return b.of.some((part) => excludes(a, part, context));
  if (a.kind === 'not') return b.kind !== 'not' && implies(b, a.of, context);
  if (b.kind === 'not') return implies(a, b.of, context);
  return isLeaf(a) && isLeaf(b) && leavesExclude(a, b, context);
}

function isLeaf(predicate: Predicate): predicate is Leaf {
  return (
    predicate.kind !== 'and' &&
    predicate.kind !== 'or' &&
    predicate.kind !== 'not' &&
    predicate.kind !== 'selection'
  );
}

function leafImplies(a: Leaf, b: Leaf, context: ImplicationContext): boolean {
  if (--context.left < 0 || a.field !== b.field || a.kind !== b.kind) return false;
  if (a.kind === 'text' && b.kind === 'text') {
    if (b.cased && !a.cased) return false;
    return within(glob(a.pattern, b.cased), glob(b.pattern, b.cased));
  }
  if (a.kind === 'number' && b.kind === 'number') {
    const [one, other] = [Number(a.value), Number(b.value)];
    if (b.is === 'lt') return (a.is === 'lt' && one <= other) || (a.is === 'lte' && one < other);
    if (b.is === 'lte') return a.is.startsWith('lt') && one <= other;
    if (b.is === 'gt') return (a.is === 'gt' && one >= other) || (a.is === 'gte' && one > other);
    return a.is.startsWith('gt') && one >= other;
  }
  if (a.kind === 'network' || b.kind === 'network') return sameNetwork(a, b);
  return JSON.stringify(a) === JSON.stringify(b);
}

function sameNetwork(a: Leaf, b: Leaf): boolean {
  return a.kind === 'network' && b.kind === 'network' && a.network.text === b.network.text;
}

function leavesExclude(a: Leaf, b: Leaf, context: ImplicationContext): boolean {
  if (--context.left < 0 || a.field !== b.field || a.field === undefined) return false;
  if (a.kind === 'absent' || b.kind === 'absent') return a.kind !== b.kind;
  if (context.holdsSeveral(a.field)) return false;
  if (a.kind === 'text' && b.kind === 'text') {
    const [one, other] = [glob(a.pattern, false), glob(b.pattern, false)];
    if (one.includes(UNKNOWN_VALUE) || other.includes(UNKNOWN_VALUE)) return false;
    if (!WILD.test(one)) return !within(one, other);
    return !WILD.test(other) && !within(other, one);
  }
  if (a.kind === 'number' && b.kind === 'number') return rangesExclude(a, b);
  return false;
}

type NumberLeaf = Extract<Leaf, { kind: 'number' }>;

function rangesExclude(a: NumberLeaf, b: NumberLeaf): boolean {
  const [low, high] = a.is.startsWith('gt') ? [a, b] : [b, a];
  if (!low.is.startsWith('gt') || !high.is.startsWith('lt')) return false;
  const [least, most] = [Number(low.value), Number(high.value)];
  return least > most || (least === most && (low.is === 'gt' || high.is === 'lt'));
}

const ANY = '\uE001';
const ONE = '\uE002';
const DASH = '\uE003';
const BYTES = '\uE004';
const WILD = /[\uE001-\uE004]/;

const FOLDED = new WeakMap<Pattern, string>();

/** A pattern as text in which private characters stand for what is no literal. */
function glob(pattern: Pattern, cased: boolean): string {
  const known = cased ? undefined : FOLDED.get(pattern);
  if (known !== undefined) return known;
  const signs = { any: ANY, one: ONE, dash: DASH, bytes: BYTES };
  const text = pattern.map((part) => (part.kind === 'text' ? part.text : signs[part.kind])).join('');
  if (cased) return text;
  const folded = fold(text);
  FOLDED.set(pattern, folded);
  return folded;
}

/** Whether all that `inner` matches is matched by `outer`: the signs of `inner` count as characters that only wildcards match. */
function within(inner: string, outer: string): boolean {
  if (inner === outer) return true;
  const open = [outer.startsWith(ANY), outer.length > 1 && outer.endsWith(ANY)];
  const body = outer.slice(open[0] ? 1 : 0, open[1] ? -1 : undefined);
  if (!WILD.test(body)) {
    if (open[0] && open[1]) return inner.includes(body);
    if (open[0]) return inner.endsWith(body);
    return open[1] === true && inner.startsWith(body);
  }
  return matches(inner, outer);
}

function matches(inner: string, outer: string): boolean {
  let [i, o, star, resume] = [0, 0, -1, 0];
  while (i < inner.length) {
    const [sign, pattern] = [inner.charAt(i), outer.charAt(o)];
    if (pattern === ANY) {
      star = o++;
      resume = i;
    } else if (sign === pattern || (pattern === ONE && sign !== ANY) || (pattern === DASH && isDash(sign))) {
      i++;
      o++;
    } else if (star >= 0) {
      o = star + 1;
      i = ++resume;
    } else return false;
  }
  while (outer.charAt(o) === ANY) o++;
  return o === outer.length;
}

function isDash(character: string): boolean {
  return character !== '' && '-/\u2013\u2014\u2015'.includes(character);
}
