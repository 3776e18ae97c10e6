import type { Span } from './span.ts';

/** A plain value, typed by YAML 1.2's core schema; integers are exact. */
export type Scalar = string | number | bigint | boolean | null;

export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: YamlValue;
}

/** A node of the text with its place. A broken or missing value is a null scalar where the text stops. */
export type YamlValue =
  | { readonly kind: 'map'; readonly span: Span; readonly entries: readonly Entry[] }
  | { readonly kind: 'list'; readonly span: Span; readonly items: readonly YamlValue[] }
  | YamlScalar;

export interface YamlScalar {
  readonly kind: 'scalar';
  readonly span: Span;
  readonly value: Scalar;
  /** The text as written, where YAML's typing hides it (dates, numbers as titles). */
  readonly source: string;
  /** Written without quotes and not as a block: YAML decides its type. */
  readonly plain: boolean;
}

/** What is wrong with a file as YAML. */
export type YamlFault = { readonly span: Span } & (
  | { readonly kind: 'syntax'; readonly detail: string }
  | { readonly kind: 'duplicate'; readonly key: string; readonly first: Span }
  | { readonly kind: 'size' }
);

/** The value of `key`, the first where it stands twice. */
export function entry(map: YamlValue | undefined, key: string): Entry | undefined {
  return map?.kind === 'map' ? map.entries.find((candidate) => candidate.key === key) : undefined;
}
