import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect as tcpConnect } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import type { Progress } from '../host/request.ts';
import { reads } from '../host/request.ts';
import { connect, RequestFailure } from '../host/rpc.ts';
import { CLOSE_BAD_TOKEN, CLOSE_IN_USE, CLOSE_LOCKED_OUT, startWebHost, type WebHost } from './server.ts';
import { socketChannel } from './socket-channel.ts';

const echo = reads<{ say: string }, string>('test/echo', z.strictObject({ say: z.string() }));
const slow = reads<Record<string, never>, undefined>('test/slow', z.strictObject({}));
const capabilities = { shell: 'web', readOnly: false, version: 'test' } as const;

let folder: string;
let host: WebHost;
let aborted = false;

beforeEach(async () => {
  aborted = false;
  folder = mkdtempSync(join(tmpdir(), 'web-host-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>workbench</title>');
  writeFileSync(join(folder, 'secret.env'), 'not served');
  host = await startWebHost({
    capabilities,
    renderer: folder,
    shelf: {
      uploads: join(folder, 'uploads'),
      register: async (path, name) => ({
        id: `id:${basename(join(path, '..'))}`,
        name,
        bytes: readFileSync(path).length,
      }),
      resolve: (ref) => (ref === 'known' ? join(folder, 'index.html') : undefined),
    },
    handle: async (method, params, { signal, onProgress }) => {
      if (method === 'test/echo') {
        onProgress?.({ phase: 'echo', done: 1, total: 1, unit: 'steps' });
        return (params as { say: string }).say;
      }
      if (method === 'test/slow') {
        onProgress?.({ phase: 'slow', done: 0, total: 0, unit: 'steps' });
        return new Promise((_, reject) => {
          signal?.addEventListener('abort', () => {
            aborted = true;
            reject(new Error('stopped'));
          });
        });
      }
      throw { code: 'test/unknown', message: 'no such thing', next: 'ask for another' };
    },
  });
});

afterEach(async () => {
  await host.close();
  rmSync(folder, { recursive: true, force: true });
});

function get(path: string, headers: Record<string, string> = {}, method = 'GET', body?: string) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      const sent = httpRequest({ host: '127.0.0.1', port: host.port, path, method, headers }, (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    },
  );
}

function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = tcpConnect(host.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += String(chunk);
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
    socket.write(text);
  });
}

function open(token: string, origin = `http://127.0.0.1:${host.port}`) {
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/host`, { origin });
  socket.on('open', () => socket.send(token));
  const ended = new Promise<number>((resolve) => {
    socket.on('close', (code) => resolve(code));
    socket.on('error', () => resolve(-1));
  });
  const welcomed = new Promise<void>((resolve) => socket.once('message', () => resolve()));
  return { socket, ended, welcomed };
}

async function client() {
  const { socket, welcomed } = open(host.token);
  await welcomed;
  return connect(socketChannel(socket), () => undefined);
}

test('the page is served with the policy that forbids everything remote and inline', async () => {
  const page = await get('/');
  expect(page.status).toBe(200);
  expect(page.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
  expect(page.headers['access-control-allow-origin']).toBeUndefined();
  expect(page.headers['set-cookie']).toBeUndefined();
  expect(page.headers).toMatchObject({
    'cache-control': 'no-store',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
});

test('only files of the built page can be named', async () => {
  for (const path of [
    '/secret.env',
    '/../secret.env',
    '/%2e%2e/secret.env',
    '/..%5csecret.env',
    '//etc/passwd',
    '/uploads',
  ]) {
    expect((await get(path)).status, path).toBe(404);
  }
});

test('a request under another host name is refused before routing', async () => {
  expect((await get('/', { host: `evil.example:${host.port}` })).status).toBe(421);
  expect((await get('/', { host: '127.0.0.1' })).status).toBe(421);
  const doubled = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nHost: evil\r\nConnection: close\r\n\r\n`;
  expect(await raw(doubled)).toMatch(/^HTTP\/1\.1 4(00|21)/);
  const absolute = `GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nConnection: close\r\n\r\n`;
  expect(await raw(absolute)).toMatch(/^HTTP\/1\.1 421/);
});

test('other methods and other sites are refused', async () => {
  for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PATCH'])
    expect((await get('/', {}, method)).status).toBe(405);
  expect((await get('/', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  const foreign = open(host.token, 'http://evil.example');
  expect(await foreign.ended).toBe(-1);
});

test('uploads and downloads need the token and the right origin', async () => {
  const own = { origin: `http://127.0.0.1:${host.port}`, 'x-dbwitness-token': host.token };
  expect((await get('/upload', { ...own, 'x-dbwitness-token': 'x' }, 'POST', 'abc')).status).toBe(403);
  expect((await get('/upload', { 'x-dbwitness-token': host.token }, 'POST', 'abc')).status).toBe(403);
  const name = encodeURIComponent('../../ä b.log');
  const taken = await get('/upload', { ...own, 'x-file-name': name }, 'POST', 'abc');
  expect(JSON.parse(taken.body)).toMatchObject({ name: 'ä b.log', bytes: 3 });
  expect(
    (await get('/download/known', { 'x-dbwitness-token': host.token })).headers['content-disposition'],
  ).toBe('attachment; filename="index.html"');
  expect((await get('/download/..%2f..%2fetc%2fpasswd', { 'x-dbwitness-token': host.token })).status).toBe(
    404,
  );
  expect((await get('/download/known')).status).toBe(403);
});

test('a caller that hangs up, or asks for what has no name, takes nobody else along', async () => {
  const upgrade = `GET /host HTTP/1.1\r\nHost: elsewhere\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
  for (let wait = 0; wait < 40; wait += 1) {
    const socket = tcpConnect(host.port, '127.0.0.1');
    await new Promise<void>((resolve) => {
      socket.on('error', () => undefined);
      socket.on('close', () => resolve());
      socket.write(upgrade, () =>
        wait % 2 === 0 ? socket.resetAndDestroy() : setImmediate(() => socket.resetAndDestroy()),
      );
    });
  }
  await expect(get('/download/%', { 'x-dbwitness-token': host.token })).rejects.toThrow();
  expect((await get('/')).status).toBe(200);
});

test('a page with the token can ask, sees progress, and errors keep code and next step', async () => {
  const page = await client();
  const seen: Progress[] = [];
  expect(await page.request(echo, { say: 'hö' }, { onProgress: (p) => seen.push(p) })).toBe('hö');
  expect(seen).toEqual([{ phase: 'echo', done: 1, total: 1, unit: 'steps' }]);
  const unknown = reads<Record<string, never>, undefined>('test/none', z.strictObject({}));
  const failure = await page.request(unknown, {}).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(RequestFailure);
  expect((failure as RequestFailure).error).toEqual({
    code: 'test/unknown',
    message: 'no such thing',
    next: 'ask for another',
  });
});

test('giving up a request stops the work behind it', async () => {
  const page = await client();
  const abort = new AbortController();
  const pending = page.request(slow, {}, { signal: abort.signal, onProgress: () => abort.abort() });
  await expect(pending).rejects.toThrow();
  expect(aborted).toBe(true);
  const atOnce = new AbortController();
  const unsent = page.request(slow, {}, { signal: atOnce.signal });
  atOnce.abort();
  await expect(unsent).rejects.toThrow();
});

test('one page at a time; wrong tokens end in a pause', async () => {
  const first = open(host.token);
  await first.welcomed;
  expect(await open(host.token).ended).toBe(CLOSE_IN_USE);
  for (let i = 0; i < 5; i += 1) expect(await open('wrong').ended).toBe(CLOSE_BAD_TOKEN);
  expect(await open(host.token).ended).toBe(CLOSE_LOCKED_OUT);
});

test('who has not shown the token cannot fill the memory', async () => {
  const flood = new WebSocket(`ws://127.0.0.1:${host.port}/host`, {
    origin: `http://127.0.0.1:${host.port}`,
  });
  flood.on('error', () => undefined);
  const closed = new Promise<number>((resolve) => flood.on('close', resolve));
  // A frame that never ends: its head promises more than follows.
  flood.on('open', () => flood.send('x'.repeat(2000), { fin: false }));
  expect(await closed).toBe(1006);
  await client();
});

test('the token stands in the fragment only', () => {
  const url = new URL(host.url);
  expect(url.hash.slice(1)).toBe(host.token);
  expect(url.search).toBe('');
  expect(host.token).toHaveLength(43);
});
