import type { AuditEvent } from '../../events/audit-event.ts';
import type { Observations } from '../observations.ts';
import { type AuditRecord, auditList, auditRecord } from '../pgaudit/audit-record.ts';
import { AuditSequence } from '../pgaudit/audit-sequence.ts';
import { AuditSubjects } from '../pgaudit/audit-subject.ts';
import { isFailedLogin, refusedUser } from './failed-login.ts';
import { loggedStatement, parametersOf } from './logged-statement.ts';
import type { Extra, PostgresMessage } from './postgres-message.ts';
import { applyServerMessage } from './server-message.ts';
import { isAuditSetting, settingChangeOf } from './setting-change.ts';
import { canonicalSeverity } from './severity.ts';

/**
 * What the three PostgreSQL logs share: turns the text parts of a message into the rest of an event
 * (FORMATS.md 4 and 5). One for each file: pgAudit ids are followed through it.
 */
export class PostgresEvents {
  readonly #observations: Observations;
  readonly #subjects = new AuditSubjects();
  readonly sequence = new AuditSequence();

  constructor(observations: Observations) {
    this.#observations = observations;
  }

  /** Completes `event`, whose identity columns are set; `line` and `byte` say where, for problems. */
  complete(event: AuditEvent, extra: Extra, parts: PostgresMessage, line: number, byte: number): void {
    const severity = canonicalSeverity(parts.severity);
    if (severity !== '') event.severity = severity;
    if (severity !== parts.severity) extra.severity_as_written = parts.severity;
    if (parts.sqlstate !== '' && parts.sqlstate !== '00000') event.error_code = parts.sqlstate;
    if (parts.message.startsWith('AUDIT: ') && this.#audit(event, extra, parts, line, byte)) return;
    if (parts.hint !== '') extra.hint = parts.hint;
    if (parts.internalQuery !== '') extra.internal_query = parts.internalQuery;
    if (parts.context !== '') extra.context = parts.context;
    if (parts.statement !== '') event.statement = parts.statement;
    if (severity === 'ERROR' || severity === 'FATAL' || severity === 'PANIC') failure(event, extra, parts);
    else notice(event, extra, parts);
    if (event.statement !== undefined) applySetting(event, extra, event.statement);
  }

  /** False where the text only looks like pgAudit's: then it stays what it is, the message of a user statement. */
  #audit(event: AuditEvent, extra: Extra, parts: PostgresMessage, line: number, byte: number): boolean {
    const record = auditRecord(parts.message);
    if (record === undefined) return false;
    const why = forgery(record, parts);
    if (why !== undefined || record === 'wrong fields') {
      this.#suspect(extra, why ?? 'wrong number of fields', line, byte);
      return false;
    }
    if (event.session !== undefined && this.sequence.take(event.session, record.statementId) === 'jump') {
      this.#suspect(extra, 'statement id is not the next of its session', line, byte);
    }
    const subject = this.#subjects.get(record.subject);
    applyAudit(event, extra, record, subject.event, subject.pgauditClass);
    if (parts.detail !== '') extra.detail = parts.detail;
    if (parts.hint !== '') extra.hint = parts.hint;
    return true;
  }

  #suspect(extra: Extra, why: string, line: number, byte: number): void {
    extra.forgery_suspect = why;
    this.#observations.note('pgaudit/forgery-suspect', line, byte, why, { why });
  }
}

/** pgAudit hides context and statement; a message that RAISE wrote has them (612 of 613 real rows against the forged one). */
function forgery(record: AuditRecord | 'wrong fields', parts: PostgresMessage): string | undefined {
  if (parts.context !== '') return 'written by a statement: it has a context';
  if (parts.statement !== '') return 'written by a statement: it has a statement of its own';
  return record === 'wrong fields' ? 'wrong number of fields' : undefined;
}

const NO_STATEMENT: ReadonlySet<string> = new Set(['<not logged>', '<previously logged>', '<none>']);

function applyAudit(
  event: AuditEvent,
  extra: Extra,
  record: AuditRecord,
  subject: Partial<AuditEvent>,
  kind: string,
): void {
  event.statement_seq = record.statementId;
  if (subject.action !== undefined) event.action = subject.action;
  if (subject.class !== undefined) event.class = subject.class;
  if (subject.object_type !== undefined) event.object_type = subject.object_type;
  if (subject.object !== undefined) event.object = subject.object;
  if (subject.objects !== undefined) event.objects = subject.objects;
  const { statement, parameter } = record;
  if (statement !== '' && !(statement.charCodeAt(0) === 60 && NO_STATEMENT.has(statement)))
    event.statement = statement;
  else if (statement !== '') extra.statement_placeholder = statement;
  if (parameter !== '' && !(parameter.charCodeAt(0) === 60 && NO_STATEMENT.has(parameter)))
    event.parameters = auditList(parameter);
  else if (parameter === '<previously logged>') extra.parameter_placeholder = parameter;
  event.result = 'success';
  if (record.rows !== undefined && record.rows !== '') event.rows = Number(record.rows);
  extra.audit_type = record.type;
  extra.substatement_id = record.substatementId;
  extra.pgaudit_class = kind;
  if (kind !== 'READ' && kind !== 'WRITE' && event.statement !== undefined)
    applySetting(event, extra, event.statement);
}

/** A statement that changes what is audited says so, also when it was refused. */
function applySetting(event: AuditEvent, extra: Extra, statement: string): void {
  const change = settingChangeOf(statement);
  if (change === undefined) return;
  extra.setting = change.setting;
  if (change.value !== undefined) extra.setting_value = change.value;
  if (!isAuditSetting(change.setting)) return;
  event.class = 'audit_change';
  event.flags = ['audit_change'];
}

/**
 * ERROR, FATAL, PANIC. With a statement, class and action are left to it: what was attempted, with result failure, as
 * other products log it. Without one it is an error, or a login that was refused.
 */
function failure(event: AuditEvent, extra: Extra, parts: PostgresMessage): void {
  event.result = 'failure';
  event.message = parts.message;
  if (parts.detail !== '') detail(event, extra, parts.detail);
  if (event.severity === 'FATAL' && isFailedLogin(parts.sqlstate, parts.message)) {
    event.class = 'authentication';
    event.action = 'CONNECT';
    if (event.user === undefined) {
      const user = refusedUser(parts.message);
      if (user !== undefined) event.user = user;
    }
  } else if (event.severity === 'FATAL' && parts.sqlstate === '57P01') {
    event.class = 'session';
    event.action = 'TERMINATE';
  } else if (parts.sqlstate === '' && parts.message.startsWith('terminating connection due to ')) {
    event.class = 'session';
    event.action = 'TERMINATE';
  } else if (event.statement === undefined) event.class = 'error';
}

/** LOG, WARNING, NOTICE and below. */
function notice(event: AuditEvent, extra: Extra, parts: PostgresMessage): void {
  const logged = event.statement === undefined ? loggedStatement(parts.message) : undefined;
  if (parts.detail !== '') detail(event, extra, parts.detail);
  if (logged !== undefined) {
    event.message = logged.head;
    if (logged.durationMs !== undefined) event.duration_ms = logged.durationMs;
    if (logged.step !== undefined) extra.step = logged.step;
    if (logged.step === 'plan') extra.plan = logged.statement ?? '';
    else if (logged.statement !== undefined && logged.statement !== '') event.statement = logged.statement;
    // Without a duration the line is written before the statement runs and says nothing of its end.
    event.result = logged.durationMs === undefined ? 'unknown' : 'success';
    if (event.statement === undefined) event.class = 'other';
    return;
  }
  if (parts.message !== '') event.message = parts.message;
  if (parts.statement === '' && applyServerMessage(event, extra, parts.message)) return;
  event.class = 'other';
  event.result = 'unknown';
}

function detail(event: AuditEvent, extra: Extra, text: string): void {
  const parameters = parametersOf(text);
  if (parameters === undefined) extra.detail = text;
  else event.parameters = parameters;
}
