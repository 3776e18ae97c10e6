import type { AuditEvent } from '../../events/audit-event.ts';
import type { EventClass } from '../../events/event-class.ts';
import type { Observations } from '../observations.ts';
import { type Peer, peerOf } from '../postgresql/peer.ts';
import { detached, TextCache } from '../text-cache.ts';
import { type Operation, type ServerAuditLine, unescapeQuery } from './server-audit-line.ts';
import { auditSettingChangeOf } from './setting-change.ts';

/** server_audit_query_log_limit where no line of the file says otherwise. */
const DEFAULT_QUERY_LIMIT = 1024;

/** Turns lines into events, with what earlier lines of the file tell: the query limit, sessions whose user changed. */
export class ServerAuditEvents {
  readonly #observations: Observations;
  readonly #names = new TextCache();
  readonly #peers = new Map<string, Peer>();
  readonly #changedUser = new Set<string>();

  #queryLimit = DEFAULT_QUERY_LIMIT;

  constructor(observations: Observations) {
    this.#observations = observations;
  }

  complete(
    event: AuditEvent,
    extra: Record<string, string | number | boolean>,
    parts: ServerAuditLine,
    line: number,
    byte: number,
  ): void {
    const { operation } = parts;
    const name = (text: string): string => this.#names.get(text, 0, text.length);
    if (parts.serverHost !== '') event.server = name(parts.serverHost);
    event.session = name(parts.connectionId);
    if (parts.queryId !== '0') event.statement_seq = Number(parts.queryId);
    if (parts.user !== '') event.user = name(parts.user);
    if (parts.host !== '') this.#peer(event, parts.host);
    if (parts.database !== '') event.database = name(parts.database);
    extra.operation = operation;
    event.result = parts.retcode === '' || parts.retcode === '0' ? 'success' : 'failure';
    if (event.result === 'failure') event.error_code = name(parts.retcode);
    if (parts.ambiguous) {
      extra.ambiguous_cut = true;
      this.#observations.note('server-audit/ambiguous', line, byte);
    }
    if (operation === 'QUERY') this.#query(event, extra, parts, line, byte);
    else if (CONNECTION_CLASS[operation] !== undefined) this.#connection(event, extra, parts);
    else table(event, extra, parts);
  }

  #query(
    event: AuditEvent,
    extra: Record<string, string | number | boolean>,
    parts: ServerAuditLine,
    line: number,
    byte: number,
  ): void {
    // Class and action are the statement's: server_audit says no more than that it is one.
    const statement = unescapeQuery(parts.object);
    if (statement !== '') event.statement = statement;
    if (this.#reachesLimit(parts.object)) {
      event.flags = ['truncated'];
      this.#observations.note('server-audit/query-cut', line, byte);
    }
    const change = auditSettingChangeOf(statement);
    if (change !== undefined) {
      extra.setting = change.setting;
      if (change.value !== undefined) extra.setting_value = change.value;
      event.class = 'audit_change';
      event.flags = [...(event.flags ?? []), 'audit_change'];
      if (change.setting === 'server_audit_query_log_limit' && parts.retcode === '0')
        this.#learnLimit(change.value);
    }
    if (this.#changedUser.has(parts.connectionId)) {
      extra.user_uncertain = true;
      this.#observations.note('server-audit/user-uncertain', line, byte);
    }
  }

  #peer(event: AuditEvent, host: string): void {
    let peer = this.#peers.get(host);
    if (peer === undefined) {
      peer = peerOfHost(detached(host));
      if (this.#peers.size >= 4096) this.#peers.clear();
      this.#peers.set(detached(host), peer);
    }
    if (peer.client_ip !== undefined) event.client_ip = peer.client_ip;
    if (peer.client_host !== undefined) event.client_host = peer.client_host;
    if (peer.client_port !== undefined) event.client_port = peer.client_port;
  }

  /** Bytes count, characters are what is at hand: three bytes at most for each unit. */
  #reachesLimit(text: string): boolean {
    const limit = this.#queryLimit - 2;
    if (text.length >= limit) return true;
    return text.length * 3 >= limit && utf8Length(text) >= limit;
  }

  #connection(
    event: AuditEvent,
    extra: Record<string, string | number | boolean>,
    parts: ServerAuditLine,
  ): void {
    const { operation, connectionId } = parts;
    event.action = operation;
    const kind =
      operation === 'CONNECT' && parts.retcode !== '0' ? 'authentication' : CONNECTION_CLASS[operation];
    if (kind !== undefined) event.class = kind;
    if (operation === 'FAILED_CONNECT') event.result = 'failure';
    // From plugin 1.5 (12.0.1) the field holds the TLS version.
    if (parts.object !== '') extra.tls_version = parts.object;
    if (operation === 'CHANGEUSER' && parts.retcode === '0') {
      if (this.#changedUser.size > 65_536) this.#changedUser.clear();
      this.#changedUser.add(connectionId);
    } else if (operation === 'CONNECT' || operation === 'DISCONNECT') this.#changedUser.delete(connectionId);
  }

  #learnLimit(value: string | undefined): void {
    const limit = Number(value);
    if (Number.isInteger(limit) && limit >= 0)
      this.#queryLimit = limit === 0 ? Number.POSITIVE_INFINITY : limit;
  }
}

const CONNECTION_CLASS: Readonly<Partial<Record<Operation, EventClass>>> = {
  CONNECT: 'session',
  DISCONNECT: 'session',
  FAILED_CONNECT: 'authentication',
  CHANGEUSER: 'authentication',
  PROXY_CONNECT: 'session',
};

const TABLE_EVENT: Readonly<
  Partial<
    Record<
      Operation,
      { readonly class: EventClass; readonly access: 'read' | 'write' | 'create' | 'alter' | 'drop' }
    >
  >
> = {
  READ: { class: 'data_read', access: 'read' },
  WRITE: { class: 'data_write', access: 'write' },
  CREATE: { class: 'schema_change', access: 'create' },
  ALTER: { class: 'schema_change', access: 'alter' },
  RENAME: { class: 'schema_change', access: 'alter' },
  DROP: { class: 'schema_change', access: 'drop' },
};

function table(
  event: AuditEvent,
  extra: Record<string, string | number | boolean>,
  parts: ServerAuditLine,
): void {
  const kind = TABLE_EVENT[parts.operation];
  if (kind === undefined) return;
  event.action = parts.operation;
  event.class = kind.class;
  event.object_type = 'table';
  const bar = parts.operation === 'RENAME' ? parts.object.lastIndexOf('|') : -1;
  const object = bar === -1 ? parts.object : parts.object.slice(0, bar);
  event.object = parts.database === '' ? object : `${parts.database}.${object}`;
  const objects = [{ type: 'table', name: event.object, access: kind.access }];
  if (bar !== -1) {
    const renamed = parts.object.slice(bar + 1);
    extra.renamed_to = renamed;
    objects.push({ type: 'table', name: renamed, access: kind.access });
  }
  event.objects = objects;
}

/** `host`, or `host:port` from plugin 1.5 (12.0.1; unconfirmed, read from its documentation). */
function peerOfHost(text: string): Peer {
  const port = /^(\[[0-9a-fA-F:.]{2,45}\]|[^:[\]]{1,255}):(\d{1,5})$/.exec(text);
  if (port === null) return peerOf(text, '');
  return peerOf((port[1] ?? '').replace(/^\[|\]$/g, ''), port[2] ?? '');
}

function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    // A surrogate pair is two units and four bytes.
    if (c >= 0x80) length += c < 0x800 || (c >= 0xd800 && c < 0xe000) ? 1 : 2;
  }
  return length;
}
