import { undoubled } from '../undoubled.ts';

/** The text of one pgAudit record, cut into its fields (FORMATS.md 5). */
export interface AuditRecord {
  readonly type: 'SESSION' | 'OBJECT';
  readonly statementId: number;
  readonly substatementId: number;
  /** `CLASS,COMMAND,OBJECT_TYPE,OBJECT_NAME` as written: few values repeat over millions of records. */
  readonly subject: string;
  readonly statement: string;
  readonly parameter: string;
  /** Only with pgaudit.log_rows. */
  readonly rows: string | undefined;
}

/**
 * Cuts `AUDIT: SESSION,…` into fields. `wrong fields` where it is not the 9 or 10 fields that pgAudit writes, which it
 * never gets wrong; undefined where the text is no audit record at all.
 */
export function auditRecord(message: string): AuditRecord | 'wrong fields' | undefined {
  if (!message.startsWith('AUDIT: ')) return undefined;
  const type = message.startsWith('SESSION,', 7)
    ? 'SESSION'
    : message.startsWith('OBJECT,', 7)
      ? 'OBJECT'
      : undefined;
  if (type === undefined) return undefined;
  const idFrom = 8 + type.length;
  const idTo = message.indexOf(',', idFrom);
  const statementId = wholeNumber(message, idFrom, idTo);
  if (statementId === -1) return undefined;
  const subTo = message.indexOf(',', idTo + 1);
  const substatementId = wholeNumber(message, idTo + 1, subTo);
  if (substatementId === -1) return 'wrong fields';
  let at = subTo + 1;
  for (let field = 0; field < 4; field++) {
    at = fieldEnd(message, at);
    if (message.charCodeAt(at) !== COMMA) return 'wrong fields';
    at++;
  }
  const subject = message.slice(subTo + 1, at - 1);
  const statementTo = fieldEnd(message, at);
  if (message.charCodeAt(statementTo) !== COMMA) return 'wrong fields';
  const parameterTo = fieldEnd(message, statementTo + 1);
  const next = message.charCodeAt(parameterTo);
  let rows: string | undefined;
  if (next === COMMA) {
    const rowsTo = fieldEnd(message, parameterTo + 1);
    if (rowsTo !== message.length) return 'wrong fields';
    rows = message.slice(parameterTo + 1, rowsTo);
    if (rows !== '' && wholeNumber(rows, 0, rows.length) === -1) return 'wrong fields';
  } else if (parameterTo !== message.length) return 'wrong fields';
  return {
    type,
    statementId,
    substatementId,
    subject,
    statement: unquote(message, at, statementTo),
    parameter: unquote(message, statementTo + 1, parameterTo),
    rows,
  };
}

/** Splits a list in pgAudit's CSV: the inner list of the PARAMETER field, and its subject. */
export function auditList(text: string): readonly string[] {
  const values: string[] = [];
  for (let at = 0; at <= text.length; ) {
    const to = fieldEnd(text, at);
    values.push(unquote(text, at, to));
    at = to + 1;
  }
  return values;
}

const COMMA = 44;
const QUOTE = 34;

/** End of the CSV field that starts at `at`: the comma behind it, or the end of the text. */
function fieldEnd(s: string, at: number): number {
  if (s.charCodeAt(at) !== QUOTE) {
    const comma = s.indexOf(',', at);
    return comma === -1 ? s.length : comma;
  }
  for (let quote = s.indexOf('"', at + 1); quote !== -1; quote = s.indexOf('"', quote + 2)) {
    if (s.charCodeAt(quote + 1) !== QUOTE) return quote + 1;
  }
  return s.length + 1; // Not closed: no comma and no end stands there.
}

function unquote(s: string, from: number, to: number): string {
  if (s.charCodeAt(from) !== QUOTE) return s.slice(from, to);
  return undoubled(s, from + 1, to - 1);
}

/** The digits in `[from, to)` as a number, or -1. */
function wholeNumber(s: string, from: number, to: number): number {
  if (to - from < 1 || to - from > 15) return -1;
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = s.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}
