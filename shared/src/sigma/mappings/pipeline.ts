import type { Scalar } from '../../text/yaml-value.ts';
import type { LogSource } from '../rule.ts';

/** How rules that are written in other names are read: pySigma's processing pipelines, as far as they are plain mappings. */
export interface Pipeline {
  readonly file: string;
  readonly name: string;
  /** Pipelines run in this order, lowest first. */
  readonly priority: number;
  /** The taxonomies whose rules it translates (SIGMA P3); without them it is for every rule that says none of its own. */
  readonly taxonomies?: readonly string[];
  /** Values for placeholders (SIGMA P1). */
  readonly vars: ReadonlyMap<string, readonly string[]>;
  readonly transformations: readonly Transformation[];
}

export type Transformation = {
  /** Log sources of the rules that it is for: one of them covers the rule's; empty: all rules. */
  readonly sources: readonly LogSource[];
  /** Fields whose values it changes; undefined: all. */
  readonly fields?: { readonly names: ReadonlySet<string>; readonly include: boolean };
} & (
  | { readonly type: 'field_name_mapping'; readonly mapping: ReadonlyMap<string, readonly string[]> }
  | { readonly type: 'field_name_prefix'; readonly prefix: string }
  | {
      readonly type: 'add_condition';
      readonly conditions: ReadonlyMap<string, readonly Scalar[]>;
      readonly negated: boolean;
    }
  | { readonly type: 'change_logsource'; readonly logsource: LogSource }
  | { readonly type: 'map_string'; readonly mapping: ReadonlyMap<string, readonly string[]> }
  | { readonly type: 'replace_string'; readonly pattern: RegExp; readonly replacement: string }
  | { readonly type: 'set_value'; readonly value: Scalar }
  | { readonly type: 'value_placeholders' }
);
