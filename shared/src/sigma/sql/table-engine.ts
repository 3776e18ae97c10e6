import type { SqlEngine } from '../detection.ts';
import type { SqlDialect } from './dialect.ts';

/** A column of a table to load, as many values as there are rows; undefined is NULL. */
export type TableColumn = { readonly name: string } & (
  | { readonly type: 'integer'; readonly values: readonly (number | undefined)[] }
  | { readonly type: 'text'; readonly values: readonly (string | undefined)[] }
  /** Lists have at least one member; what has none is undefined. */
  | { readonly type: 'texts'; readonly values: readonly (readonly string[] | undefined)[] }
);

/**
 * An engine that can be given a table. Everything in it is whole numbers within 2⁵³, well-formed text and lists of text,
 * so that no engine's own numbers, casts or collations decide what a rule matches (SIGMA §6).
 */
export interface TableEngine extends SqlEngine {
  readonly dialect: SqlDialect;
  /** Makes `table` anew with these columns. Texts come back from queries as they went in. */
  load(table: string, columns: readonly TableColumn[]): Promise<void>;
  /** Gives back what the engine holds. */
  close(): Promise<void>;
}
