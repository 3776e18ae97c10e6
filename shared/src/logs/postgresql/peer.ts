import type { AuditEvent } from '../../events/audit-event.ts';

/** Where a session comes from, as PostgreSQL prints it. */
export type Peer = Pick<AuditEvent, 'client_ip' | 'client_port' | 'client_host'>;

/** What the prefix prints for a name that is not known yet, in the languages of `lc_messages` (French seen, others unconfirmed). */
const UNKNOWN: ReadonlySet<string> = new Set([
  '[unknown]',
  '[inconnu]',
  '[unbekannt]',
  '[desconocido]',
  '[desconhecido]',
  '[sconosciuto]',
]);

/** A name as the prefix prints it, or undefined where it is not known. */
export function knownName(text: string | undefined): string | undefined {
  return text === undefined || UNKNOWN.has(text) ? undefined : text;
}

/** A host as PostgreSQL prints it: an address, a name (log_hostname), or `[local]` for a socket. */
export function peerOf(host: string, port: string): Peer {
  if (host === '' || UNKNOWN.has(host)) return {};
  const number = Number(port);
  const known = port !== '' && number > 0 && number < 65_536;
  if (isAddress(host)) return known ? { client_ip: host, client_port: number } : { client_ip: host };
  return known ? { client_host: host, client_port: number } : { client_host: host };
}

/** `host:port` of csvlog, or `[local]`. IPv6 stands without brackets: the port is behind the last colon. */
export function peerWithColon(text: string): Peer {
  const colon = text.lastIndexOf(':');
  if (colon === -1 || text === '[local]') return peerOf(text, '');
  return peerOf(text.slice(0, colon), text.slice(colon + 1));
}

/** `host(port)` of `%r`, or `[local]`. */
export function peerWithParentheses(text: string): Peer {
  const open = text.lastIndexOf('(');
  if (open === -1 || !text.endsWith(')')) return peerOf(text, '');
  return peerOf(text.slice(0, open), text.slice(open + 1, -1));
}

/** True for what can only be an IPv4 or IPv6 address, with or without an interface (`fe80::1%eth0`). */
export function isAddress(host: string): boolean {
  if (host.length > 128) return false;
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) return true;
  return host.includes(':') && /^[0-9A-Fa-f:.]{2,45}(?:%[\w.-]{1,64})?$/.test(host);
}
