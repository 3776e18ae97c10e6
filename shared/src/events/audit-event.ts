import type { EventClass } from './event-class.ts';
import type { EventFlag } from './event-flag.ts';

export type ObjectAccess = 'read' | 'write' | 'create' | 'alter' | 'drop' | 'execute' | 'grant' | 'unknown';

/** One object that a statement names. `name` is schema-qualified where the text is, folded as the dialect folds. */
export interface AuditObject {
  readonly type: string;
  readonly name: string;
  readonly access: ObjectAccess;
}

export type Outcome = 'success' | 'failure' | 'unknown';

/**
 * What one log record says (EVENTS.md). Names are those of the field dictionary, that rule authors type.
 * A field that the source does not supply is absent: never an empty string, never a guess.
 * Where the record stands (exhibit, offset, length, line) is the record's, not the event's: see `LogRecord`.
 */
export interface AuditEvent {
  /** Microseconds since 1970-01-01T00:00:00Z, before any clock offset of the source. */
  time?: number;
  time_raw?: string;
  /** How the zone was known. */
  time_basis?: 'in record' | 'log setting' | 'examiner' | 'assumed UTC';
  product?: string;
  server?: string;
  instance?: string;
  session?: string;
  session_seq?: number;
  transaction?: string;
  statement_seq?: number;
  user?: string;
  effective_user?: string;
  os_user?: string;
  role?: string;
  client_ip?: string;
  client_port?: number;
  client_host?: string;
  application?: string;
  auth_method?: string;
  database?: string;
  schema?: string;
  action?: string;
  class?: EventClass;
  object_type?: string;
  object?: string;
  objects?: readonly AuditObject[];
  columns?: readonly string[];
  statement?: string;
  parameters?: readonly string[];
  flags?: EventFlag[];
  result?: Outcome;
  error_code?: string;
  message?: string;
  rows?: number;
  duration_ms?: number;
  severity?: string;
  ticket?: string;
  /** Every field of the source that has no column of its own; numbers beyond 2^53 stay text. */
  extra?: Record<string, string | number | boolean | readonly string[]>;
}
