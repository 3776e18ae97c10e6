import type { Problem } from '../text/problem.ts';
import type { Span } from '../text/span.ts';
import type { Scalar } from '../text/yaml-value.ts';
import type { Condition } from './condition/condition.ts';
import type { CorrelationCondition, CorrelationType } from './correlation/correlation-type.ts';
import type { ArraySelector } from './predicate.ts';

export const LEVELS = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type RuleLevel = (typeof LEVELS)[number];

export const STATUSES = ['stable', 'test', 'experimental', 'deprecated', 'unsupported'] as const;
export type RuleStatus = (typeof STATUSES)[number];

/** What every Sigma document says of itself (SIGMA Y7). */
export interface RuleHead {
  /** How a match names the rule: its id, else its name, else its title. */
  readonly key: string;
  readonly file: string;
  /** The document as written, for showing beside a match. */
  readonly text: string;
  readonly span: Span;
  readonly title: string;
  readonly id?: string;
  readonly name?: string;
  readonly status?: RuleStatus;
  readonly level?: RuleLevel;
  readonly description?: string;
  readonly author?: string;
  readonly license?: string;
  /** Whose names its fields are, where they are not Sigma's own (SIGMA P3). */
  readonly taxonomy?: string;
  readonly date?: string;
  readonly modified?: string;
  readonly references: readonly string[];
  readonly tags: readonly string[];
  readonly falsepositives: readonly string[];
  /** What keeps the rule from running; the same problems stand in the set's list. */
  readonly faults: readonly Problem[];
}

export interface DetectionRule extends RuleHead {
  readonly kind: 'detection';
  readonly logsource: LogSource;
  readonly detections: ReadonlyMap<string, Detection>;
  /** Alternatives: the rule matches where one of them does. */
  readonly conditions: readonly Condition[];
  /** Names of fields → as the rule wrote them, where a mapping translated it. */
  readonly written?: ReadonlyMap<string, string>;
}

export interface CorrelationRule extends RuleHead {
  readonly kind: 'correlation';
  readonly type: CorrelationType;
  /** Ids or names, as written. */
  readonly rules: readonly string[];
  readonly groupBy: readonly string[];
  /** Microseconds. */
  readonly timespan: number;
  readonly window: 'sliding' | 'tumbling' | 'session';
  /** Microseconds of silence that end a session window. */
  readonly gap?: number;
  readonly condition: CorrelationCondition;
  /** Alias → rule reference → field. */
  readonly aliases: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Whether the referenced rules report their own matches too. */
  readonly generate: boolean;
}

export interface FilterRule extends RuleHead {
  readonly kind: 'filter';
  readonly logsource: LogSource;
  /** `any`, or ids and names. */
  readonly rules: 'any' | readonly string[];
  readonly detections: ReadonlyMap<string, Detection>;
  readonly conditions: readonly Condition[];
}

export type Rule = DetectionRule | CorrelationRule;

/** Everything that was read, in the order of files and documents. */
export interface RuleSet {
  readonly rules: readonly Rule[];
  readonly filters: readonly FilterRule[];
}

export interface LogSource {
  readonly category?: string;
  readonly product?: string;
  readonly service?: string;
}

/** A search: items that must all hold, alternatives, or one item. */
export type Detection =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Detection[] }
  /** What members of an array must satisfy together (SIGMA R17): fields below are those of the member. */
  | {
      readonly kind: 'members';
      readonly array: string;
      readonly which: ArraySelector;
      readonly of: readonly Detection[];
    }
  /** A block with a condition of its own over its searches, which are `of` by name. */
  | {
      readonly kind: 'block';
      readonly detections: ReadonlyMap<string, Detection>;
      readonly conditions: readonly Condition[];
      readonly of: readonly Detection[];
    }
  | { readonly kind: 'item'; readonly item: DetectionItem };

/** `field|modifier|…: values`; without a field, keywords. */
export interface DetectionItem {
  readonly field: string | undefined;
  readonly modifiers: readonly string[];
  readonly values: readonly Scalar[];
  readonly span: Span;
}
