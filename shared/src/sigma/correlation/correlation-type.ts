import type { Condition } from '../condition/condition.ts';

export const CORRELATION_TYPES = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_percentile',
  'value_median',
] as const;
export type CorrelationType = (typeof CORRELATION_TYPES)[number];

export const THRESHOLDS = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'] as const;
export type ThresholdOperator = (typeof THRESHOLDS)[number];

export interface Threshold {
  readonly is: ThresholdOperator;
  readonly value: number;
  /** The number as written, where a double does not hold it. */
  readonly text?: string;
}

/** Thresholds all hold in the same window (SIGMA K6); `expression` is a boolean condition over rule names (K10). */
export interface CorrelationCondition {
  readonly thresholds: readonly Threshold[];
  readonly fields: readonly string[];
  /** Without it, value_percentile judges each value's share of the window in percent (SIGMA K7). */
  readonly percentile?: number;
  readonly expression?: Condition;
}

export function isTemporal(type: CorrelationType): boolean {
  return type === 'temporal' || type === 'temporal_ordered';
}

export function meets(value: number, threshold: Threshold): boolean {
  switch (threshold.is) {
    case 'gt':
      return value > threshold.value;
    case 'gte':
      return value >= threshold.value;
    case 'lt':
      return value < threshold.value;
    case 'lte':
      return value <= threshold.value;
    case 'eq':
      return value === threshold.value;
    case 'neq':
      return value !== threshold.value;
  }
}
