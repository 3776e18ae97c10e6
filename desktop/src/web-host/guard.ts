import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Why a request is turned away: the HTTP status, and a sentence for whoever reads the answer. */
export interface Refusal {
  readonly status: 403 | 405 | 421;
  readonly why: string;
}

export interface Incoming {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** Host header values as they came: a doubled header shows here and not in `headers`. */
  readonly rawHosts: readonly string[];
  readonly upgrade: boolean;
}

/**
 * Decides before any routing whether a request may be looked at (SECURITY WH-4 to WH-6): a page of another origin
 * that resolves its name to 127.0.0.1, posts across origins or opens a socket is refused here.
 */
export function refuse(request: Incoming, port: number): Refusal | undefined {
  const own = [`127.0.0.1:${port}`, `[::1]:${port}`, `localhost:${port}`];
  const [host] = request.rawHosts;
  if (request.rawHosts.length !== 1 || host === undefined || !own.includes(host)) {
    return { status: 421, why: 'This server answers only under its own loopback address.' };
  }
  if (!request.upgrade && !['GET', 'HEAD', 'POST'].includes(request.method)) {
    return { status: 405, why: 'Only GET, HEAD and POST are known here.' };
  }
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return { status: 403, why: 'Requests from other sites are refused.' };
  }
  const changes = request.upgrade || request.method === 'POST';
  if (changes && request.headers.origin !== `http://${host}`) {
    return { status: 403, why: 'Only the page of this server may do that.' };
  }
  return undefined;
}

/** Compares a token that was sent with the right one, in time that does not depend on where they differ. */
export function sameToken(sent: unknown, token: string): boolean {
  if (typeof sent !== 'string') return false;
  const a = Buffer.from(sent);
  const b = Buffer.from(token);
  return a.length === b.length && timingSafeEqual(a, b);
}
