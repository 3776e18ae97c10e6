import { EventEmitter } from 'node:events';
import type { App, BrowserWindow, Session, WebContents } from 'electron';
import { expect, test } from 'vitest';
import { answerFrom, ORIGIN } from './app-protocol.ts';
import { answerShellRequest } from './dialogs.ts';
import { guardContents, lockSession } from './lock-down.ts';
import { acceptsConnect } from './port-request.ts';
import { windowOptions } from './window-options.ts';

// These tests hold the policy of the shell against stand-ins for Electron's objects: its binary is not on every machine.

test('a window is sandboxed, isolated and without Node', () => {
  expect(windowOptions('/preload.cjs').webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    experimentalFeatures: false,
  });
});

test('contents may not navigate, redirect, attach views or open windows', () => {
  const app = new EventEmitter();
  const contents = new EventEmitter() as EventEmitter & {
    setWindowOpenHandler(handler: () => unknown): void;
  };
  let opened: unknown;
  contents.setWindowOpenHandler = (handler) => {
    opened = handler();
  };
  guardContents(app as unknown as App);
  app.emit('web-contents-created', {}, contents);
  for (const name of ['will-attach-webview', 'will-navigate', 'will-redirect', 'will-frame-navigate']) {
    let prevented = false;
    contents.emit(name, {
      preventDefault: () => {
        prevented = true;
      },
    });
    expect(prevented, name).toBe(true);
  }
  expect(opened).toEqual({ action: 'deny' });
});

test('the session lets nothing out and grants nothing', () => {
  const handlers: Record<string, (...args: never[]) => unknown> = {};
  const keep = (name: string) => (handler: (...args: never[]) => unknown) => {
    handlers[name] = handler;
  };
  lockSession({
    webRequest: { onBeforeRequest: keep('request') },
    setPermissionRequestHandler: keep('ask'),
    setPermissionCheckHandler: keep('check'),
    setDevicePermissionHandler: keep('device'),
    setSpellCheckerEnabled: () => undefined,
  } as unknown as Session);
  const cancelled = (url: string) => {
    let answer: unknown;
    handlers.request?.(
      { url } as never,
      ((a: unknown) => {
        answer = a;
      }) as never,
    );
    return answer;
  };
  expect(cancelled(`${ORIGIN}/index.html`)).toEqual({ cancel: false });
  expect(cancelled(`blob:${ORIGIN}/5f0c`)).toEqual({ cancel: false });
  for (const url of [
    'https://example.org/',
    'http://127.0.0.1/',
    'file:///etc/passwd',
    `${ORIGIN}.evil/`,
    'data:text/html,x',
    'ws://x/',
    'blob:https://example.org/5f0c',
  ]) {
    expect(cancelled(url), url).toEqual({ cancel: true });
  }
  let granted: unknown;
  handlers.ask?.(
    {} as never,
    'media' as never,
    ((a: unknown) => {
      granted = a;
    }) as never,
  );
  expect([granted, handlers.check?.(), handlers.device?.()]).toEqual([false, false, false]);
});

test('the page is answered from the built files alone', async () => {
  const answer = answerFrom(new Map([['/index.html', { type: 'text/html', bytes: Buffer.from('<p>') }]]));
  const ok = answer(new Request(`${ORIGIN}/index.html`));
  expect(ok.status).toBe(200);
  expect(ok.headers.get('content-security-policy')).toContain("default-src 'none'");
  for (const url of [
    `${ORIGIN}/../../etc/passwd`,
    `${ORIGIN}/%2e%2e/secret`,
    'dbwitness://elsewhere/index.html',
  ]) {
    expect(answer(new Request(url)).status, url).toBe(404);
  }
});

test('only the top frame of our own page gets a port', () => {
  const mainFrame = { url: `${ORIGIN}/index.html` };
  const contents = { mainFrame } as unknown as WebContents;
  const from = (sender: unknown, senderFrame: unknown) =>
    acceptsConnect({ sender, senderFrame } as Parameters<typeof acceptsConnect>[0], contents);
  expect(from(contents, mainFrame)).toBe(true);
  expect(from({}, mainFrame)).toBe(false);
  expect(from(contents, { url: `${ORIGIN}/index.html` })).toBe(false);
  expect(from(contents, null)).toBe(false);
});

test('the engine can ask for a file dialog and for nothing else', async () => {
  const dialog = { showOpenDialog: async () => ({ canceled: false, filePaths: ['/evidence/a.csv'] }) };
  const ask = (message: unknown) => answerShellRequest(message, {} as BrowserWindow, dialog);
  expect(await ask({ ask: 'pick', id: 7, kind: 'evidence' })).toEqual({
    answer: 'pick',
    id: 7,
    paths: ['/evidence/a.csv'],
  });
  for (const message of [
    undefined,
    'pick',
    { ask: 'run', id: 1 },
    { ask: 'pick', id: 1, kind: 'evidence', extra: 1 },
  ]) {
    expect(await ask(message)).toBeUndefined();
  }
});
