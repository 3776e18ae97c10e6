import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Engine } from '../../engine/engine.ts';
import { RENDERER } from '../../product/locations.ts';
import { VERSION } from '../../product/version.ts';
import { startWebHost } from '../../web-host/server.ts';
import { clearUploads, shelfOf } from '../../web-host/shelf.ts';
import type { Command } from '../command.ts';
import { CASE_OPTIONS, openCase, openEngine } from '../open-engine.ts';
import { wholeNumber } from '../option-values.ts';
import type { Terminal } from '../terminal.ts';

export const serveCommand: Command = {
  name: 'serve',
  summary: 'Open the workbench on a case in your browser, served on this machine alone.',
  usage: '[CASE]',
  arity: [0, 1],
  options: {
    port: { type: 'string', value: 'N', help: 'port on 127.0.0.1 (default: a free one)' },
    'no-browser': { type: 'boolean', help: 'only print the address' },
    'read-only': { type: 'boolean', help: 'auditor mode: nothing can be changed' },
    ...CASE_OPTIONS,
  },
  examples: ['dbwitness serve cases/incident-7', 'dbwitness serve cases/incident-7 --read-only --no-browser'],
  async run(input, terminal) {
    const [folder] = input.positionals;
    const port = wholeNumber(input, 'port', { most: 65_535 }) ?? 0;
    const engine = await openEngine(input, folder ?? join(process.cwd(), 'cases', 'new'), {
      readOnly: input.on('read-only'),
    });
    try {
      if (folder !== undefined) await openCase(engine, folder);
      await serveWorkbench(engine, terminal, {
        port,
        browser: !input.on('no-browser'),
        readOnly: input.on('read-only'),
      });
      return 0;
    } finally {
      await engine.close();
    }
  },
};

/** Serves until Ctrl+C. The address carries the token: it is printed once and nowhere kept. */
export async function serveWorkbench(
  engine: Engine,
  terminal: Terminal,
  {
    port,
    browser,
    readOnly,
  }: { readonly port: number; readonly browser: boolean; readonly readOnly: boolean },
): Promise<void> {
  const host = await startWebHost({
    port,
    renderer: RENDERER,
    capabilities: { shell: 'web', readOnly, version: VERSION },
    handle: engine.handle,
    shelf: shelfOf(engine),
  });
  terminal.value({ url: host.url });
  terminal.line(`Workbench: ${host.url}`);
  terminal.line('Only this machine can reach it. Ctrl+C ends it.');
  if (browser) openBrowser(host.url);
  await stopped(terminal.signal);
  await host.close();
  await clearUploads(engine);
}

function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** Opens the person's browser where there is a display; where not, the printed address has to do. */
function openBrowser(url: string): void {
  const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (!display) return;
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', url]
        : ['xdg-open', url];
  const child = spawn(command ?? 'xdg-open', args, { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
