import type { Span } from '../../text/span.ts';

/** A condition as parsed: names are not resolved yet. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | ConditionUse;

/** A search by its name, or some or all of those that a pattern selects. */
export type ConditionUse =
  | { readonly kind: 'name'; readonly name: string; readonly span: Span }
  | { readonly kind: 'some' | 'every'; readonly pattern: string; readonly span: Span };
