import type { AuditObject } from '../events/audit-event.ts';
import type { EventClass } from '../events/event-class.ts';
import type { EventFlag } from '../events/event-flag.ts';

export type Dialect = 'postgresql' | 'mysql' | 'tsql' | 'oracle';

/** What a statement text alone tells. One distinct text has one `StatementFacts`, whoever ran it. */
export interface StatementFacts {
  /** Text without literals and comments, white space folded, key words in upper case: equal for equal shapes. */
  readonly fingerprint: string;
  readonly class: EventClass;
  /** Upper-case verb: SELECT, INSERT, ALTER ROLE, COPY TO, … The first statement's where there are several. */
  readonly action: string;
  readonly objects: readonly AuditObject[];
  /** Columns that are named, without duplicates, in order of appearance; `*` where all are asked for. */
  readonly columns: readonly string[];
  readonly flags: readonly EventFlag[];
  /** Number of statements in the text. */
  readonly statements: number;
  readonly parser: 'libpg-query' | 'tokenizer';
  readonly confidence: 'high' | 'medium' | 'low';
}

/** The server's own PostgreSQL parser, handed in (libpg-query is WebAssembly and loads asynchronously). */
export interface PgParser {
  /** The parse tree as libpg-query gives it, or undefined where the text does not parse. */
  parse(text: string): unknown;
}

export interface UnderstandOptions {
  readonly dialect: Dialect;
  /** The source said, or its length tells, that the text was cut. */
  readonly truncated?: boolean;
  readonly pgParser?: PgParser;
}
