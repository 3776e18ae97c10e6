import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Engine } from '../engine/engine.ts';
import { casesClose } from '../host/cases.ts';
import { DIST } from '../product/locations.ts';
import type { Terminal } from './terminal.ts';

/**
 * Shows the workbench in Electron's window and waits until it is closed; false where there is no display or Electron's
 * binary is not at hand (its package fetches it at first use, which a closed network refuses).
 */
export async function openWindow(
  engine: Engine,
  casesDir: string,
  profileDir: string,
  terminal: Terminal,
): Promise<boolean> {
  const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const binary = electronBinary();
  if (!display || binary === undefined) {
    terminal.line(
      binary === undefined
        ? 'Electron’s binary is not installed here, so the workbench is served to your browser.'
        : 'There is no display here, so the workbench is served on this machine’s loopback address.',
    );
    return false;
  }
  // The window's engine opens the case itself, and a case is open once.
  await engine.request(casesClose, {});
  terminal.line('The workbench opens in its own window.');
  const child = spawn(
    binary,
    [join(DIST, 'main.mjs'), `--cases=${casesDir}`, `--profile=${profileDir}`, '--case=tabletop'],
    {
      stdio: 'inherit',
    },
  );
  await new Promise<void>((resolve) => {
    child.on('exit', () => resolve());
    child.on('error', () => resolve());
    terminal.signal.addEventListener('abort', () => child.kill(), { once: true });
  });
  return true;
}

/** Where the electron package has put its binary, if it has. */
function electronBinary(): string | undefined {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
    const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim());
    return existsSync(path) ? path : undefined;
  } catch {
    // No path.txt: nothing was fetched yet.
    return undefined;
  }
}
