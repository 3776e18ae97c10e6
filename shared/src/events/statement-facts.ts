import type { AuditObject } from './audit-event.ts';
import type { EventClass } from './event-class.ts';
import type { EventFlag } from './event-flag.ts';

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
