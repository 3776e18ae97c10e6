import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import 'vscode-jsonrpc/node';
import { createEngine } from '@dbwitness/desktop/engine/engine.ts';
import type { Channel } from '@dbwitness/desktop/host/channel.ts';
import { serve } from '@dbwitness/desktop/host/rpc.ts';
import { _electron } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { launchChromium } from '../kit/chromium.ts';
import { axeViolations, SCREENSHOTS, serveStatic, settled, watch } from './renderer-kit.ts';

const DIST = fileURLToPath(new URL('../../desktop/dist', import.meta.url));
const cleanUp: (() => unknown)[] = [];

afterEach(async () => {
  for (const act of cleanUp.splice(0).reverse()) await act();
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dbwitness-electron-'));
  cleanUp.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe('the page behind a message port, as the preload script hands it over', () => {
  it('reaches the engine, makes a case, and says that nothing can be dropped', async () => {
    const folder = temporaryFolder();
    const engine = createEngine({ casesDir: join(folder, 'cases'), profileDir: join(folder, 'profile') });
    cleanUp.push(() => engine.close());
    const stage = await serveStatic(join(DIST, 'renderer'));
    cleanUp.push(() => stage.close());
    const browser = await launchChromium();
    cleanUp.push(() => browser.close());
    const page = await browser.newPage();
    const trouble = await watch(page, stage.address);

    // The other end of the port stands in this process, where Electron has its engine process.
    let deliver: (message: string) => void = () => undefined;
    const channel: Channel = {
      send: (message) =>
        void page.evaluate(
          (text) => (globalThis as unknown as { port: MessagePort }).port.postMessage(text),
          message,
        ),
      listen: (onMessage) => {
        deliver = onMessage;
      },
      close: () => undefined,
    };
    serve(channel, engine.handle, { shell: 'electron', readOnly: false, version: '0.0.0' });
    await page.exposeFunction('toEngine', (message: string) => deliver(message));
    await page.addInitScript(() => {
      const shell = globalThis as unknown as {
        dbwitness: unknown;
        port: MessagePort;
        toEngine(message: string): void;
      };
      shell.dbwitness = Object.freeze({
        connect: () => {
          const { port1, port2 } = new MessageChannel();
          shell.port = port1;
          port1.onmessage = (event) => shell.toEngine(String(event.data));
          window.postMessage('dbwitness:port', location.origin, [port2]);
        },
      });
    });

    await page.goto(stage.address);
    await page.getByText('No cases yet').waitFor();
    await page.getByRole('button', { name: 'New case' }).click();
    await page.getByLabel('Case', { exact: true }).fill('Through the port');
    await page.getByRole('button', { name: 'Create case' }).click();
    await page.getByText('No evidence yet').waitFor();
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.items.add(new File(['x'], 'dropped.csv'));
      document
        .querySelector('.screen')
        ?.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    });
    await page.getByText('Choose the same files with Add files.').waitFor();
    expect(trouble).toEqual([]);
  });
});

const binary = electronBinary();
const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
const reason =
  binary === undefined
    ? 'skipped: Electron’s binary is not installed here'
    : display
      ? ''
      : 'skipped: there is no display here';

describe('the real window', () => {
  it.skipIf(reason !== '')(`opens on an engine of its own ${reason}`.trim(), async () => {
    const folder = temporaryFolder();
    const app = await _electron.launch({
      executablePath: binary ?? '',
      args: [
        join(DIST, 'main.mjs'),
        `--cases=${join(folder, 'cases')}`,
        `--profile=${join(folder, 'profile')}`,
      ],
    });
    cleanUp.push(() => app.close());
    const page = await app.firstWindow();
    await page.getByText('No cases yet').waitFor();
    await page.getByRole('button', { name: 'New case' }).click();
    await page.getByLabel('Case', { exact: true }).fill('In the window');
    await page.getByRole('button', { name: 'Create case' }).click();
    await page.getByText('No evidence yet').waitFor();
    await settled(page);
    expect(await axeViolations(page)).toEqual([]);
    expect(
      await page.evaluate(() => Object.keys((globalThis as unknown as { dbwitness: object }).dbwitness)),
    ).toEqual(['connect']);
    await page.screenshot({ path: join(SCREENSHOTS, 'electron.png') });
  });
});

/** Where the electron package has put its binary, if it has. */
function electronBinary(): string | undefined {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const named = join(folder, 'path.txt');
  const path = existsSync(named) ? join(folder, 'dist', readFileSync(named, 'utf8').trim()) : undefined;
  return path !== undefined && existsSync(path) ? path : undefined;
}
