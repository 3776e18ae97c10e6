import type { Draft } from '../draft.ts';
import type { Fields } from './node.ts';

/**
 * Reads one kind of statement of libpg-query's tree: says what was done, to what.
 * `read` reads a statement that stands inside it.
 */
export type NodeReader = (fields: Fields, d: Draft, read: (node: unknown, d: Draft) => void) => void;

export type NodeTable = Readonly<Record<string, NodeReader>>;
