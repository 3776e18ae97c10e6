import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
// The Node entry installs the platform half that the neutral entry (host/rpc.ts) needs.
import 'vscode-jsonrpc/node';
import { type WebSocket, WebSocketServer } from 'ws';
import type { HostCapabilities } from '../host/request.ts';
import { type Handle, serve } from '../host/rpc.ts';
import { refuse, sameToken } from './guard.ts';
import { COMMON_HEADERS } from './headers.ts';
import { socketChannel } from './socket-channel.ts';
import { loadStaticFiles } from './static-files.ts';
import { receiveUpload, type Shelf, sendDownload } from './transfers.ts';

export interface WebHostOptions {
  readonly handle: Handle;
  readonly capabilities: HostCapabilities;
  /** Folder with the built renderer. */
  readonly renderer: string;
  readonly shelf: Shelf;
  /** 0 (the default) takes a free port. */
  readonly port?: number;
  /** Ends the server when no page has been connected for so long; 0 keeps it up. */
  readonly idleMs?: number;
  readonly onIdle?: () => void;
}

export interface WebHost {
  /** The address to open; the token stands in the fragment, which browsers never send (WH-2). */
  readonly url: string;
  readonly port: number;
  readonly token: string;
  close(): Promise<void>;
}

const TOKEN_WAIT_MS = 2000;
const MAX_FAILURES = 5;
const LOCKOUT_MS = 60_000;
/** Bytes that may come before the token is known: its frame takes fifty. */
const MAX_FIRST_BYTES = 1024;
const MAX_FRAME = 64 * 1024 * 1024;
/** Close codes above 4000 are ours: the page shows a sentence for each. */
export const CLOSE_BAD_TOKEN = 4001;
export const CLOSE_IN_USE = 4002;
export const CLOSE_LOCKED_OUT = 4003;

/** Serves the workbench on 127.0.0.1 to one browser page that knows the token (SECURITY §3). */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const token = randomBytes(32).toString('base64url');
  const files = loadStaticFiles(options.renderer);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME, perMessageDeflate: false });
  let port = 0;
  let failures = 0;
  let lockedUntil = 0;
  let client: WebSocket | undefined;
  let idle: NodeJS.Timeout | undefined;

  const server = createServer({ maxHeaderSize: 16 * 1024 }, (request, response) => {
    // A page that goes away in the middle of a file, or asks for one that cannot be named, ends its request and nothing else.
    answer(request, response).catch(() => response.destroy());
  });
  server.headersTimeout = 10_000;
  server.maxConnections = 64;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refuse(incoming(request, false), port);
    if (refusal !== undefined) return end(response, refusal.status, refusal.why);
    // An absolute-form target names a server of its own: only paths are known here.
    const path = request.url?.startsWith('/') ? request.url.split(/[?#]/)[0] : undefined;
    if (path === undefined) return end(response, 421, 'Only paths are known here.');
    if (path === '/upload' || path.startsWith('/download/')) {
      if (!sameToken(request.headers['x-dbwitness-token'], token))
        return end(response, 403, 'The token is missing or wrong.');
      if (path === '/upload') {
        if (request.method !== 'POST' || options.capabilities.readOnly)
          return end(response, 405, 'Not here.');
        return receiveUpload(request, response, options.shelf, randomUUID());
      }
      return sendDownload(response, options.shelf, decodeURIComponent(path.slice('/download/'.length)));
    }
    const file = request.method === 'POST' ? undefined : files.get(path);
    if (file === undefined) return end(response, 404, 'No such page.');
    response.writeHead(200, {
      ...COMMON_HEADERS,
      'Content-Type': file.type,
      'Content-Length': file.bytes.length,
    });
    response.end(request.method === 'HEAD' ? undefined : file.bytes);
  }

  server.on('upgrade', (request, socket, head) => {
    // From here on nobody else listens: an error without a listener would end the process.
    socket.on('error', () => socket.destroy());
    const refusal = refuse(incoming(request, true), port);
    if (refusal !== undefined || request.url !== '/host') {
      socket.end(`HTTP/1.1 ${refusal?.status ?? 404} Refused\r\nConnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, admit);
  });

  /** A socket opens without privileges: its first frame must be the token (WH-3). */
  function admit(socket: WebSocket, request: IncomingMessage): void {
    if (Date.now() < lockedUntil) {
      socket.close(CLOSE_LOCKED_OUT, 'too many wrong tokens');
      return;
    }
    let before = 0;
    // Counted on the connection: a frame is whole only when all of it is in memory.
    const count = (bytes: Buffer) => {
      before += bytes.length;
      if (before > MAX_FIRST_BYTES) socket.terminate();
    };
    request.socket.on('data', count);
    const late = setTimeout(() => socket.close(CLOSE_BAD_TOKEN, 'no token'), TOKEN_WAIT_MS);
    socket.once('message', (data) => {
      clearTimeout(late);
      request.socket.off('data', count);
      if (!sameToken(String(data), token)) {
        failures += 1;
        if (failures >= MAX_FAILURES) {
          failures = 0;
          lockedUntil = Date.now() + LOCKOUT_MS;
        }
        socket.close(CLOSE_BAD_TOKEN, 'wrong token');
        return;
      }
      if (client !== undefined) {
        socket.close(CLOSE_IN_USE, 'in use');
        return;
      }
      failures = 0;
      client = socket;
      clearTimeout(idle);
      const channel = socketChannel(socket);
      socket.send('welcome');
      const connection = serve(channel, options.handle, options.capabilities);
      socket.on('close', () => {
        client = undefined;
        connection.dispose();
        waitForPage();
      });
    });
    socket.on('error', () => clearTimeout(late));
  }

  function waitForPage(): void {
    const { idleMs = 0, onIdle } = options;
    if (idleMs > 0) idle = setTimeout(() => onIdle?.(), idleMs);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: options.port ?? 0 }, resolve);
  });
  port = (server.address() as AddressInfo).port;
  waitForPage();
  return {
    url: `http://127.0.0.1:${port}/#${token}`,
    port,
    token,
    close: async () => {
      clearTimeout(idle);
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function incoming(request: IncomingMessage, upgrade: boolean) {
  const rawHosts: string[] = [];
  for (let i = 0; i + 1 < request.rawHeaders.length; i += 2) {
    if (request.rawHeaders[i]?.toLowerCase() === 'host') rawHosts.push(request.rawHeaders[i + 1] ?? '');
  }
  return { method: request.method ?? '', headers: request.headers, rawHosts, upgrade };
}

function end(response: ServerResponse, status: number, why: string): void {
  response.writeHead(status, {
    ...COMMON_HEADERS,
    'Content-Type': 'text/plain; charset=utf-8',
    Connection: 'close',
  });
  response.end(why);
}
