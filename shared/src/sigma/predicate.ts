import type { Network } from '../estate/network.ts';
import type { Pattern } from './values/pattern.ts';

export type Comparison = 'lt' | 'lte' | 'gt' | 'gte';
export type TimePart = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/** Which members of an array have to satisfy a test (SIGMA R17); a number is a place, from the end where it is negative. */
export type ArraySelector = 'any' | 'all' | 'all_or_empty' | 'none' | number;

/** The name under which a test of an array's member asks for the member itself. */
export const MEMBER = '.';

/** One test of one field. `field: undefined` means every value of the event: a keyword. */
export type Leaf =
  | {
      readonly kind: 'text';
      readonly field: string | undefined;
      readonly pattern: Pattern;
      readonly cased: boolean;
    }
  | {
      readonly kind: 'regex';
      readonly field: string | undefined;
      readonly source: string;
      readonly flags: string;
    }
  | { readonly kind: 'number'; readonly field: string; readonly is: Comparison; readonly value: string }
  | { readonly kind: 'network'; readonly field: string; readonly network: Network }
  | { readonly kind: 'absent'; readonly field: string }
  | {
      readonly kind: 'field';
      readonly field: string;
      readonly other: string;
      readonly is: 'equal' | 'contains' | 'startswith' | 'endswith';
      readonly cased: boolean;
    }
  | {
      readonly kind: 'time';
      readonly field: string;
      readonly part: TimePart;
      readonly is: Comparison | 'equal';
      readonly value: number;
    }
  | MembersLeaf;

/** What members of the array `field` have to satisfy, each by itself; fields within `of` are those of the member. */
export interface MembersLeaf {
  readonly kind: 'members';
  readonly field: string;
  readonly which: ArraySelector;
  readonly of: Predicate;
}

/**
 * What a rule asks of one event, independent of any engine. Two-valued (SIGMA R1): a leaf on an absent field is
 * false, except `absent`. Every dialect makes its SQL from this tree.
 */
export type Predicate =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Predicate[] }
  | { readonly kind: 'not'; readonly of: Predicate }
  /** A search identifier of the rule, defined in `Plan.selections`. */
  | { readonly kind: 'selection'; readonly name: string }
  | Leaf;

/** Holds for no event. */
export const NOTHING: Predicate = { kind: 'or', of: [] };

/** All of them; what always holds says nothing and is left out. */
export function and(of: readonly Predicate[]): Predicate {
  const said = of.filter((part) => part.kind !== 'and' || part.of.length > 0);
  return said.length === 1 && said[0] !== undefined ? said[0] : { kind: 'and', of: said };
}

/** One of them. */
export function or(of: readonly Predicate[]): Predicate {
  return of.length === 1 && of[0] !== undefined ? of[0] : { kind: 'or', of };
}

/** Every leaf below `predicate`, in order; selections are followed through `selections`. */
export function* leavesOf(
  predicate: Predicate,
  selections: ReadonlyMap<string, Predicate> = new Map(),
): Generator<Leaf> {
  switch (predicate.kind) {
    case 'and':
    case 'or':
      for (const part of predicate.of) yield* leavesOf(part, selections);
      return;
    case 'not':
      yield* leavesOf(predicate.of, selections);
      return;
    case 'selection': {
      const selection = selections.get(predicate.name);
      if (selection !== undefined) yield* leavesOf(selection, selections);
      return;
    }
    default:
      yield predicate;
  }
}
