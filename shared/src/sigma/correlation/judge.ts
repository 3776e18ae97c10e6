import { conditionPredicate } from '../condition/resolve-condition.ts';
import type { CorrelationRule } from '../rule.ts';
import { numberOf } from '../values/scalar.ts';
import { meets } from './correlation-type.ts';
import { ChainMeasure } from './measures/chain.ts';
import { CountMeasure } from './measures/count.ts';
import { DistinctMeasure } from './measures/distinct.ts';
import type { Measure } from './measures/measure.ts';
import { PercentileMeasure } from './measures/percentile.ts';
import { RulesMeasure } from './measures/rules-present.ts';
import { SumMeasure } from './measures/sum.ts';
import type { Occurrence } from './occurrence.ts';

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
