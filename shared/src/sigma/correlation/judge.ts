import type { Condition } from '../condition/condition.ts';
import { conditionPredicate } from '../condition/resolve-condition.ts';
import type { Predicate } from '../predicate.ts';
import type { CorrelationRule } from '../rule.ts';
import { decimalOf } from './decimal.ts';
import { type Figure, thresholdTest } from './figure.ts';
import { ChainMeasure } from './measures/chain.ts';
import { CountMeasure } from './measures/count.ts';
import { DistinctMeasure } from './measures/distinct.ts';
import type { Measure } from './measures/measure.ts';
import { PercentileMeasure } from './measures/percentile.ts';
import { RulesMeasure } from './measures/rules-present.ts';
import { ShareMeasure } from './measures/share.ts';
import { SumMeasure } from './measures/sum.ts';
import type { Kept, Occurrence } from './occurrence.ts';

/** That a window satisfies the condition, by which figure; for shares, which value's, and where it stands. */
export interface Verdict {
  readonly figure: Figure;
  readonly value?: { readonly key: string; readonly kept: readonly Kept[]; readonly head: number };
}

/** What one correlation asks of its windows, made ready once. */
export class Judge {
  /** Counts that can only grow with the window are judged at every event, all else where a window is whole (SIGMA K4). */
  readonly eager: boolean;
  readonly #rule: CorrelationRule;
  readonly #passes: (figure: Figure) => boolean;
  readonly #expression: Predicate | undefined;
  /** Bit i: the condition wants the i-th rule there. */
  readonly #wanted: number;

  constructor(rule: CorrelationRule) {
    const { type, window, condition, rules } = rule;
    this.#rule = rule;
    this.#passes = thresholdTest(condition.thresholds);
    this.#expression =
      condition.expression === undefined
        ? undefined
        : conditionPredicate(condition.expression, new Set(rules));
    this.#wanted = maskOf(rules, this.#expression === undefined ? rules : wantedNames(this.#expression));
    this.eager =
      window === 'sliding' &&
      this.#expression === undefined &&
      ['event_count', 'value_count', 'temporal', 'temporal_ordered'].includes(type) &&
      condition.thresholds.every(({ is }) => is === 'gt' || is === 'gte');
  }

  /** The measure of the correlation, empty. */
  measure(): Measure {
    const { type, rules, condition } = this.#rule;
    switch (type) {
      case 'event_count':
        return new CountMeasure();
      case 'value_count':
        return new DistinctMeasure();
      case 'temporal':
        return new RulesMeasure(rules.length);
      case 'temporal_ordered':
        return new ChainMeasure(rules.length, this.#wanted);
      case 'value_sum':
        return new SumMeasure('sum');
      case 'value_avg':
        return new SumMeasure('average');
      case 'value_percentile':
        return condition.percentile === undefined
          ? new ShareMeasure()
          : new PercentileMeasure(condition.percentile);
      case 'value_median':
        return new PercentileMeasure(50);
    }
  }

  /** Whether the occurrence has what the correlation computes with; without it, it takes no part (SIGMA K7). */
  isUsable({ values }: Occurrence): boolean {
    const { type, condition } = this.#rule;
    if (!type.startsWith('value_')) return true;
    const asText =
      type === 'value_count' || (type === 'value_percentile' && condition.percentile === undefined);
    return asText ? !values.includes(undefined) : decimalOf(values[0] ?? '') !== undefined;
  }

  /** What about the window satisfies the condition; nothing where it does not. */
  *verdicts(measure: Measure, from: number): Generator<Verdict> {
    if (measure instanceof ShareMeasure) {
      for (const { figure, ...value } of measure.those(this.#passes)) yield { figure, value };
      return;
    }
    const figure = measure.value(from);
    if (figure !== undefined && this.#satisfies(measure, figure)) yield { figure };
  }

  #satisfies(measure: Measure, figure: Figure): boolean {
    if (this.#expression === undefined) return this.#passes(figure);
    if (!(measure instanceof RulesMeasure || measure instanceof ChainMeasure)) return false;
    const present = measure.present();
    if (!holds(this.#expression, (name) => (maskOf(this.#rule.rules, [name]) & present) !== 0)) return false;
    // The rules that the condition wants and that are there stand in the order of the list (SIGMA K10).
    return measure instanceof RulesMeasure || figure === bitCount(present & this.#wanted);
  }
}

/** Names that a boolean condition wants there, as against those it wants absent. */
export function wantedNames(condition: Condition | Predicate, negated = false): readonly string[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.of.flatMap((part) => wantedNames(part, negated));
    case 'not':
      return wantedNames(condition.of, !negated);
    case 'name':
    case 'selection':
      return negated ? [] : [condition.name];
    default:
      return [];
  }
}

function maskOf(rules: readonly string[], names: readonly string[]): number {
  return rules.reduce((mask, rule, i) => (names.includes(rule) ? mask | (1 << i) : mask), 0);
}

function bitCount(mask: number): number {
  let count = 0;
  for (let left = mask; left !== 0; left &= left - 1) count++;
  return count;
}

function holds(predicate: Predicate, isThere: (name: string) => boolean): boolean {
  switch (predicate.kind) {
    case 'and':
      return predicate.of.every((part) => holds(part, isThere));
    case 'or':
      return predicate.of.some((part) => holds(part, isThere));
    case 'not':
      return !holds(predicate.of, isThere);
    case 'selection':
      return isThere(predicate.name);
    default:
      return false;
  }
}
