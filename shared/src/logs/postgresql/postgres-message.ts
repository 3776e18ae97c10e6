import type { AuditEvent } from '../../events/audit-event.ts';

export type Extra = NonNullable<AuditEvent['extra']>;

/**
 * The text parts of one PostgreSQL message, whichever destination wrote it. Absent parts are empty.
 * One object is filled anew for each record: a log has millions.
 */
export interface PostgresMessage {
  /** As written, in the language of `lc_messages`. */
  severity: string;
  /** SQLSTATE; empty where the destination does not tell (stderr without `%e`). */
  sqlstate: string;
  message: string;
  detail: string;
  hint: string;
  internalQuery: string;
  context: string;
  statement: string;
}

export function emptyMessage(): PostgresMessage {
  return {
    severity: '',
    sqlstate: '',
    message: '',
    detail: '',
    hint: '',
    internalQuery: '',
    context: '',
    statement: '',
  };
}
