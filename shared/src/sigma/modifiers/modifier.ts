import type { Comparison, TimePart } from '../predicate.ts';
import type { Pattern } from '../values/pattern.ts';

/** What a modifier of a value may find wrong with it; the item is then dropped. */
export type ModifierFault =
  | 'sigma/encoded-wildcard'
  | 'sigma/placeholder-missing'
  | 'sigma/placeholder-unresolved';

export interface ModifierContext {
  /** Values of `%name%`; undefined where nothing defines it. */
  placeholder(name: string): readonly string[] | undefined;
  fault(code: ModifierFault, data: Readonly<Record<string, string>>): void;
}

/** How one modifier acts (SIGMA §4). `match` modifiers choose the test and exclude each other (M1). */
export type Modifier = { readonly name: string; readonly aliases?: readonly string[] } & (
  | { readonly role: 'pattern'; apply(pattern: Pattern, context: ModifierContext): readonly Pattern[] }
  | { readonly role: 'list' | 'option' | 'regex option' }
  | { readonly role: 'match'; readonly test: 're' | 'cidr' | 'exists' | 'fieldref' }
  | { readonly role: 'compare'; readonly is: Comparison }
  | { readonly role: 'time'; readonly part: TimePart }
);
