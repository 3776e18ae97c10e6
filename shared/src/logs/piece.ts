import type { AuditEvent } from '../events/audit-event.ts';

/** One record: a byte range of the exhibit and what it says. */
export interface LogRecord {
  readonly kind: 'record';
  readonly from: number;
  readonly to: number;
  /** 1-based line on which the record starts. */
  readonly line: number;
  readonly event: AuditEvent;
}

/** Bytes that carry no event by design (blank line, header) or could not be read (with the reason). */
export interface NonRecord {
  readonly kind: 'ignored' | 'rejected';
  readonly from: number;
  readonly to: number;
  readonly line: number;
  /** Problem code of the format's table, for example `csvlog/column-count`. */
  readonly code: string;
  readonly message: string;
}

export type Piece = LogRecord | NonRecord;
