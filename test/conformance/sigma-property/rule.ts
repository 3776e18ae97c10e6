/** A rule as a structure: what the generator makes, the printer writes and the evaluator judges. */
export interface TestRule {
  readonly selections: Readonly<Record<string, Selection>>;
  /** Alternatives. */
  readonly conditions: readonly Condition[];
}

export type RuleValue = string | number | bigint | boolean | null;

/** Entries are alternatives: maps, whose items must all hold, and lone values, which are keywords. */
export interface Selection {
  /** One map stands without a list around it. */
  readonly entries: readonly (readonly Item[] | { readonly keyword: Exclude<RuleValue, null> })[];
}

export interface Item {
  /** Empty: a keyword with modifiers. */
  readonly field: string;
  readonly modifiers: readonly string[];
  readonly values: readonly RuleValue[];
  /** The structure of values that are regular expressions. */
  readonly regexes?: readonly Regex[];
}

export type Condition =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly kind: 'quantified'; readonly least: '1' | 'any' | 'all'; readonly of: string };

export type Regex =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'dot' | 'start' | 'end' | 'digit' | 'word' | 'no word' | 'blank' | 'edge' }
  | { readonly kind: 'class'; readonly members: string; readonly negated: boolean }
  | { readonly kind: 'repeat'; readonly of: Regex; readonly times: string }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Regex[] };

export type EventValue = string | number | bigint | boolean | null | readonly EventValue[] | TestEvent;
export interface TestEvent {
  readonly [name: string]: EventValue;
}
