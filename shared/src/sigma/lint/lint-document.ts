import type { Span } from '../../text/span.ts';
import type { Entry, YamlScalar, YamlValue } from '../../text/yaml-value.ts';
import type { FilterRule, Rule } from '../rule.ts';

/** A rule file's document as checks see it: the text, the YAML with its places, and what the rule means. */
export interface LintDocument {
  /** As it was given; folders are divided by `/`. */
  readonly file: string;
  /** The whole file's text, to which every span refers. */
  readonly text: string;
  readonly root: Extract<YamlValue, { kind: 'map' }>;
  readonly kind: 'detection' | 'correlation' | 'filter';
  readonly rule: Rule | FilterRule;
  /** The searches of the detection or filter: every key but `condition`, `timeframe` and a filter's `rules`. */
  readonly searches: readonly Entry[];
  /** Every item of every search, in order of place. */
  readonly items: readonly LintItem[];
  readonly tags: readonly LintText[];
  /** Conditions of the detection or filter, as texts. */
  readonly conditions: readonly LintText[];
  /** The top-level entry of that key, the first where it stands twice. */
  entry(key: string): Entry | undefined;
  /** The top-level value of that key, where it is one text (a number or date as spelt). */
  textOf(key: string): LintText | undefined;
  /** The texts of the top-level list of that key; one text alone counts as a list of one. */
  textsOf(key: string): readonly LintText[];
  /** The key below `logsource`, `detection`, `filter` or `correlation`. */
  entryBelow(section: string, key: string): Entry | undefined;
}

/** A text with its place. `span` covers the value as written, with its quotes. */
export interface LintText {
  readonly text: string;
  readonly span: Span;
}

/** One `field|modifier: values` of a search, or its keywords. */
export interface LintItem {
  /** Name of the search, with the place of its key. */
  readonly search: string;
  readonly searchSpan: Span;
  /** Undefined for keywords. */
  readonly field: string | undefined;
  readonly modifiers: readonly string[];
  /** The key as written with its place; of plain keywords, that of the search. */
  readonly keySpan: Span;
  readonly values: readonly YamlScalar[];
  /** Whether the values stand in a list. */
  readonly list: boolean;
  readonly span: Span;
}
