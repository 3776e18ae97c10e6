import { conditionPredicate } from '../condition/resolve-condition.ts';
import type { Predicate } from '../plan/predicate.ts';
import type { CorrelationRule } from '../rule.ts';
import { fold } from '../values/fold.ts';
import { numberOf } from '../values/scalar.ts';
import { meets } from './correlation-type.ts';
import type { Occurrence } from './occurrence.ts';

/** What a correlation computes over the occurrences of one window, kept up as they come and go. */
export interface Measure {
  add(occurrence: Occurrence): void;
  remove(occurrence: Occurrence): void;
  /** The figure that thresholds judge; undefined where the window holds no value. `from`: start of the window. */
  value(from: number): number | undefined;
}

/** The measure of `rule`, empty. */
export function measureOf(rule: CorrelationRule): Measure {
  switch (rule.type) {
    case 'event_count':
      return new CountMeasure();
    case 'value_count':
      return new DistinctMeasure();
    case 'temporal':
      return new RulesMeasure(rule.rules.length);
    case 'temporal_ordered':
      return new ChainMeasure(rule.rules.length);
    case 'value_sum':
      return new SumMeasure('sum');
    case 'value_avg':
      return new SumMeasure('average');
    case 'value_percentile':
      return new PercentileMeasure(rule.condition.percentile ?? 50);
    case 'value_median':
      return new PercentileMeasure(50);
  }
}

/** Whether the occurrence has what the correlation computes with; without it, it takes no part (SIGMA K7). */
export function isUsable({ type }: CorrelationRule, { values }: Occurrence): boolean {
  if (type === 'value_count') return !values.includes(undefined);
  return !type.startsWith('value_') || numberOf(values[0]) !== undefined;
}

function numberIn(occurrence: Occurrence): number {
  return numberOf(occurrence.values[0]) ?? 0;
}

/** Whether the window satisfies the rule's condition. */
export function isSatisfied(rule: CorrelationRule, measure: Measure, from: number): boolean {
  const { expression, thresholds } = rule.condition;
  if (expression !== undefined && (measure instanceof RulesMeasure || measure instanceof ChainMeasure)) {
    const names = new Set(rule.rules);
    return measure.present(conditionPredicate(expression, names), rule.rules, from);
  }
  const value = measure.value(from);
  return value !== undefined && thresholds.every((threshold) => meets(value, threshold));
}

class CountMeasure implements Measure {
  #count = 0;
  add(): void {
    this.#count++;
  }
  remove(): void {
    this.#count--;
  }
  value(): number {
    return this.#count;
  }
}

/** Distinct values, or tuples of values, equal as texts are to people (R4). */
class DistinctMeasure implements Measure {
  readonly #counts = new Map<string, number>();
  add(occurrence: Occurrence): void {
    const key = tuple(occurrence);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }
  remove(occurrence: Occurrence): void {
    const key = tuple(occurrence);
    const left = (this.#counts.get(key) ?? 0) - 1;
    if (left > 0) this.#counts.set(key, left);
    else this.#counts.delete(key);
  }
  value(): number {
    return this.#counts.size;
  }
}

function tuple(occurrence: Occurrence): string {
  return fold(occurrence.values.join('\0'));
}

/** How many of the referenced rules have an occurrence. */
class RulesMeasure implements Measure {
  readonly #counts: number[];
  constructor(rules: number) {
    this.#counts = Array<number>(rules).fill(0);
  }
  add(occurrence: Occurrence): void {
    for (const i of this.#counts.keys())
      if ((occurrence.rules & (1 << i)) !== 0) this.#counts[i] = (this.#counts[i] ?? 0) + 1;
  }
  remove(occurrence: Occurrence): void {
    for (const i of this.#counts.keys())
      if ((occurrence.rules & (1 << i)) !== 0) this.#counts[i] = (this.#counts[i] ?? 0) - 1;
  }
  value(): number {
    return this.#counts.filter((count) => count > 0).length;
  }
  present(expression: Predicate, names: readonly string[], _from: number): boolean {
    const here = new Set(names.filter((_, i) => (this.#counts[i] ?? 0) > 0));
    return here.size > 0 && holds(expression, here);
  }
}

/**
 * Chains of occurrences in the order of the list (SIGMA K9): for each length and last rule, the latest time at which
 * such a chain can have started. The latest start is enough, because it stays in a sliding window the longest.
 */
class ChainMeasure implements Measure {
  readonly #rules: RulesMeasure;
  readonly #size: number;
  /** `[length - 1][last rule]` → start. */
  readonly #starts: number[][] = [];

  constructor(size: number) {
    this.#size = size;
    this.#rules = new RulesMeasure(size);
  }

  add(occurrence: Occurrence): void {
    this.#rules.add(occurrence);
    // From the last rule down, so that one occurrence fills one place of a chain only.
    for (let rule = this.#size - 1; rule >= 0; rule--) {
      if ((occurrence.rules & (1 << rule)) === 0) continue;
      for (let length = rule + 1; length >= 1; length--) {
        const start = length === 1 ? occurrence.at : this.#latest(length - 1, rule);
        const row = this.#starts[length - 1] ?? [];
        row[rule] = Math.max(start, row[rule] ?? Number.NEGATIVE_INFINITY);
        this.#starts[length - 1] = row;
      }
    }
  }

  remove(occurrence: Occurrence): void {
    this.#rules.remove(occurrence);
  }

  /** The longest chain that starts in the window. */
  value(from: number): number {
    for (let length = this.#size; length >= 1; length--)
      if (this.#latest(length, this.#size) >= from) return length;
    return 0;
  }

  /** Rules that are asked for must be there in the order of the list. */
  present(expression: Predicate, names: readonly string[], from: number): boolean {
    const wanted = [...namesIn(expression)].length;
    return this.#rules.present(expression, names, from) && this.value(from) >= wanted;
  }

  #latest(length: number, before: number): number {
    const row = this.#starts[length - 1] ?? [];
    let latest = Number.NEGATIVE_INFINITY;
    for (let rule = 0; rule < before; rule++)
      latest = Math.max(latest, row[rule] ?? Number.NEGATIVE_INFINITY);
    return latest;
  }
}

/** Names that a boolean condition wants there, not those it wants absent. */
function* namesIn(predicate: Predicate): Generator<string> {
  if (predicate.kind === 'selection') yield predicate.name;
  if (predicate.kind === 'and' || predicate.kind === 'or')
    for (const part of predicate.of) yield* namesIn(part);
}

function holds(predicate: Predicate, present: ReadonlySet<string>): boolean {
  switch (predicate.kind) {
    case 'and':
      return predicate.of.every((part) => holds(part, present));
    case 'or':
      return predicate.of.some((part) => holds(part, present));
    case 'not':
      return !holds(predicate.of, present);
    case 'selection':
      return present.has(predicate.name);
    default:
      return false;
  }
}

class SumMeasure implements Measure {
  readonly #of: 'sum' | 'average';
  #sum = 0;
  #count = 0;
  constructor(of: 'sum' | 'average') {
    this.#of = of;
  }
  add(occurrence: Occurrence): void {
    this.#sum += numberIn(occurrence);
    this.#count++;
  }
  remove(occurrence: Occurrence): void {
    this.#count--;
    // Sums of fractions drift as values come and go: an empty window starts afresh.
    this.#sum = this.#count === 0 ? 0 : this.#sum - numberIn(occurrence);
  }
  value(): number | undefined {
    if (this.#count === 0) return undefined;
    return this.#of === 'sum' ? this.#sum : this.#sum / this.#count;
  }
}

/** Interpolates linearly between the two nearest values (inclusive method), so that percentile 50 is the median. */
class PercentileMeasure implements Measure {
  readonly #share: number;
  readonly #sorted: number[] = [];
  constructor(percentile: number) {
    this.#share = percentile / 100;
  }
  add(occurrence: Occurrence): void {
    const value = numberIn(occurrence);
    this.#sorted.splice(this.#place(value), 0, value);
  }
  remove(occurrence: Occurrence): void {
    this.#sorted.splice(this.#place(numberIn(occurrence)), 1);
  }
  value(): number | undefined {
    const last = this.#sorted.length - 1;
    if (last < 0) return undefined;
    const at = this.#share * last;
    const below = this.#sorted[Math.floor(at)] ?? 0;
    const above = this.#sorted[Math.ceil(at)] ?? below;
    return below + (above - below) * (at - Math.floor(at));
  }
  /** Index of the first value that is not less than `value`. */
  #place(value: number): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
