import type { Draft } from '../draft.ts';
import { DATA } from './data.ts';
import { DEFINITIONS } from './definitions.ts';
import { asFields, children, open } from './node.ts';
import { PRIVILEGES } from './privileges.ts';
import type { NodeReader } from './reader.ts';
import { SERVER } from './server.ts';

/** Readers by the type of a statement's node. A statement that has none yet is left to the token reader. */
const NODES: ReadonlyMap<string, NodeReader> = new Map(
  [DATA, DEFINITIONS, PRIVILEGES, SERVER].flatMap((table) => Object.entries(table)),
);

/**
 * Understands a whole parse result of libpg-query. Returns false, and leaves `d` as it is, where a statement is of a kind
 * without reader.
 */
export function readTree(tree: unknown, d: Draft): boolean {
  const statements = children(asFields(tree), 'stmts').map((statement) => open(asFields(statement).stmt));
  if (!statements.every(({ type }) => NODES.has(type))) return false;
  for (const { type, fields } of statements) NODES.get(type)?.(fields, d, readStatement);
  return true;
}

function readStatement(node: unknown, d: Draft): void {
  const { type, fields } = open(node);
  NODES.get(type)?.(fields, d, readStatement);
}
