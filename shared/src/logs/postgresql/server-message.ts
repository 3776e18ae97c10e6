import type { AuditEvent } from '../../events/audit-event.ts';
import type { EventClass } from '../../events/event-class.ts';
import { peerOf } from './peer.ts';
import type { Extra } from './postgres-message.ts';
import { isAuditSetting } from './setting-change.ts';

/** A message of the server itself, known by how it starts (FORMATS.md 4). */
interface ServerMessage {
  readonly head: string;
  readonly class: EventClass;
  readonly action: string;
  readonly result?: 'success' | 'failure';
  /** Takes what else the text tells. `rest` is the message behind `head`. */
  readonly read?: (event: AuditEvent, extra: Extra, rest: string) => void;
}

/** Gives class, action and the values in the text to an event whose message the server itself wrote. */
export function applyServerMessage(event: AuditEvent, extra: Extra, message: string): boolean {
  const known = BY_FIRST_WORD.get(firstWord(message));
  if (known === undefined) return false;
  for (const kind of known) {
    if (!message.startsWith(kind.head)) continue;
    event.class = kind.class;
    event.action = kind.action;
    event.result = kind.result ?? 'unknown';
    kind.read?.(event, extra, message.slice(kind.head.length));
    return true;
  }
  return false;
}

// biome-ignore format: a table
const MESSAGES: readonly ServerMessage[] = [
  { head: 'connection received: host=', class: 'session', action: 'CONNECTION RECEIVED', read: hostAndPort },
  { head: 'connexion reçue : hôte=', class: 'session', action: 'CONNECTION RECEIVED', read: hostAndPort },
  { head: 'connection authenticated: ', class: 'authentication', action: 'AUTHENTICATE', result: 'success', read: identityAndMethod },
  { head: 'connexion authentifiée : ', class: 'authentication', action: 'AUTHENTICATE', result: 'success', read: identityAndMethod },
  { head: 'connection authorized: ', class: 'session', action: 'CONNECT', result: 'success', read: authorized },
  { head: 'connexion autorisée : ', class: 'session', action: 'CONNECT', result: 'success' },
  { head: 'replication connection authorized: ', class: 'session', action: 'CONNECT', result: 'success', read: replicationAuthorized },
  { head: 'disconnection: session time: ', class: 'session', action: 'DISCONNECT', result: 'success', read: sessionTime },
  { head: 'déconnexion : durée de la session : ', class: 'session', action: 'DISCONNECT', result: 'success', read: sessionTime },
  { head: 'could not receive data from client', class: 'session', action: 'CONNECTION LOST', result: 'failure' },
  { head: 'could not send data to client', class: 'session', action: 'CONNECTION LOST', result: 'failure' },
  { head: 'unexpected EOF on client connection', class: 'session', action: 'CONNECTION LOST', result: 'failure' },
  { head: 'invalid length of startup packet', class: 'session', action: 'CONNECT', result: 'failure' },
  { head: 'incomplete startup packet', class: 'session', action: 'CONNECT', result: 'failure' },
  { head: 'received replication command: ', class: 'administration', action: 'REPLICATION', read: replicationCommand },
  { head: 'parameter "', class: 'administration', action: 'PARAMETER CHANGE', result: 'success', read: (event, extra, rest) => parameter(event, extra, `"${rest}`, '"', '"') },
  { head: 'paramètre « ', class: 'administration', action: 'PARAMETER CHANGE', result: 'success', read: (event, extra, rest) => parameter(event, extra, `« ${rest}`, '«', '»') },
  { head: 'received SIGHUP, reloading configuration files', class: 'administration', action: 'RELOAD' },
  { head: 'starting PostgreSQL', class: 'administration', action: 'SERVER START' },
  { head: 'database system is ready to accept', class: 'administration', action: 'SERVER READY' },
  { head: 'database system is shut down', class: 'administration', action: 'SERVER STOP' },
  { head: 'received fast shutdown request', class: 'administration', action: 'SERVER SHUTDOWN' },
  { head: 'received smart shutdown request', class: 'administration', action: 'SERVER SHUTDOWN' },
  { head: 'received immediate shutdown request', class: 'administration', action: 'SERVER SHUTDOWN' },
  { head: 'server process (PID ', class: 'administration', action: 'SERVER PROCESS EXIT', read: processExit },
  { head: 'all server processes terminated; reinitializing', class: 'administration', action: 'SERVER REINITIALIZE', result: 'failure' },
  { head: 'terminating any other active server processes', class: 'administration', action: 'SERVER CRASH', result: 'failure' },
  { head: 'database system was interrupted', class: 'administration', action: 'SERVER RECOVERY' },
  { head: 'database system was not properly shut down', class: 'administration', action: 'SERVER RECOVERY' },
  { head: 'automatic vacuum of table "', class: 'administration', action: 'VACUUM', result: 'success', read: maintainedTable },
  { head: 'automatic analyze of table "', class: 'administration', action: 'ANALYZE', result: 'success', read: maintainedTable },
  { head: 'checkpoint starting: ', class: 'administration', action: 'CHECKPOINT' },
  { head: 'checkpoint complete: ', class: 'administration', action: 'CHECKPOINT', result: 'success' },
];

const BY_FIRST_WORD: ReadonlyMap<string, readonly ServerMessage[]> = (() => {
  const map = new Map<string, ServerMessage[]>();
  for (const kind of MESSAGES) {
    const word = firstWord(kind.head);
    map.set(word, [...(map.get(word) ?? []), kind]);
  }
  return map;
})();

function firstWord(message: string): string {
  const blank = message.indexOf(' ');
  return blank === -1 || blank > 32 ? message.slice(0, 32) : message.slice(0, blank);
}

function hostAndPort(event: AuditEvent, _extra: Extra, rest: string): void {
  if (event.client_ip !== undefined || event.client_host !== undefined) return;
  const port = rest.lastIndexOf(' port=');
  Object.assign(event, port === -1 ? peerOf(rest, '') : peerOf(rest.slice(0, port), rest.slice(port + 6)));
}

/** `identity="alice" method=scram-sha-256 (/etc/pg_hba.conf:2)`; the identity may hold anything: cut from the right. */
function identityAndMethod(event: AuditEvent, extra: Extra, rest: string): void {
  const english = rest.lastIndexOf('" method=');
  const mark = english === -1 ? '" méthode=' : '" method=';
  const end = english === -1 ? rest.lastIndexOf(mark) : english;
  if (end === -1) return;
  const from = rest.indexOf('"') + 1;
  if (from <= end) extra.identity = rest.slice(from, end);
  const method = rest.slice(end + mark.length);
  const blank = method.indexOf(' (');
  event.auth_method = blank === -1 ? method : method.slice(0, blank);
  if (blank !== -1 && method.endsWith(')')) extra.hba_line = method.slice(blank + 2, -1);
}

function authorized(event: AuditEvent, extra: Extra, rest: string): void {
  const ssl = rest.lastIndexOf(' SSL enabled (');
  if (ssl !== -1) extra.ssl = rest.slice(ssl + 14, rest.endsWith(')') ? -1 : undefined);
  names(event, ssl === -1 ? rest : rest.slice(0, ssl));
}

function replicationAuthorized(event: AuditEvent, extra: Extra, rest: string): void {
  extra.replication = true;
  authorized(event, extra, rest);
}

/** `user=… database=… application_name=…`: what the record's own columns left open. */
function names(event: AuditEvent, text: string): void {
  const database = text.indexOf(' database=');
  const application = text.indexOf(' application_name=');
  const userEnd = database !== -1 ? database : application !== -1 ? application : text.length;
  if (event.user === undefined && text.startsWith('user=') && userEnd > 5)
    event.user = text.slice(5, userEnd);
  if (event.database === undefined && database !== -1) {
    const value = text.slice(database + 10, application > database ? application : undefined);
    if (value !== '') event.database = value;
  }
  if (application !== -1) {
    const value = text.slice(application + 18);
    if (value !== '' && event.application === undefined) event.application = value;
  }
}

/** `0:00:00.007 user=alice database=shop host=127.0.0.1 port=41086`. */
function sessionTime(event: AuditEvent, extra: Extra, rest: string): void {
  const time = /^(\d{1,9}):(\d{2}):(\d{2}\.\d{1,6})/.exec(rest);
  if (time !== null) {
    event.duration_ms = Math.round((Number(time[1]) * 3600 + Number(time[2]) * 60 + Number(time[3])) * 1000);
  }
  const host = rest.lastIndexOf(' host=');
  if (host !== -1) hostAndPort(event, extra, rest.slice(host + 6));
  const user = rest.indexOf(' user=');
  if (user !== -1) names(event, rest.slice(user + 1, host === -1 ? undefined : host));
}

function replicationCommand(event: AuditEvent, _extra: Extra, rest: string): void {
  const word = /^[A-Z_]+/.exec(rest.slice(0, 64));
  if (word === null) return;
  event.action = word[0];
  if (word[0] === 'BASE_BACKUP') event.flags = ['export'];
}

function processExit(event: AuditEvent, extra: Extra, rest: string): void {
  const pid = /^(\d{1,10})\) was terminated by/.exec(rest);
  if (pid === null) return;
  event.action = 'SERVER CRASH';
  event.result = 'failure';
  extra.crashed_pid = Number(pid[1]);
}

function parameter(event: AuditEvent, extra: Extra, text: string, open: string, close: string): void {
  const nameEnd = text.indexOf(close, 1);
  if (nameEnd === -1) return;
  // The message has the name as the configuration file writes it; the server's own names do not know case.
  const setting = text.slice(1, nameEnd).trim().toLowerCase();
  extra.setting = setting;
  const valueFrom = text.indexOf(open, nameEnd + 1);
  const valueTo = text.lastIndexOf(close);
  if (valueFrom !== -1 && valueTo > valueFrom) {
    const value = text.slice(valueFrom + 1, valueTo);
    // French sets a (no-break) blank inside its quotation marks.
    extra.setting_value = open === '"' ? value : value.replace(/^[ \u00a0\u202f]|[ \u00a0\u202f]$/g, '');
  } else if (text.includes(' cannot be changed')) {
    event.result = 'failure';
  }
  if (!isAuditSetting(setting)) return;
  event.class = 'audit_change';
  event.flags = ['audit_change'];
}

function maintainedTable(event: AuditEvent, _extra: Extra, rest: string): void {
  const end = rest.indexOf('"');
  if (end < 1) return;
  event.object_type = 'table';
  event.object = rest.slice(0, end);
}
