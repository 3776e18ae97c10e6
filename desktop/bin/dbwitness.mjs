#!/usr/bin/env node
// The `dbwitness` command of a checkout: builds what is stale, then hands over to the bundled command line.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const desktop = dirname(dirname(fileURLToPath(import.meta.url)));
const setup = join(desktop, '..', 'scripts', 'setup.mjs');
if (existsSync(setup)) {
  const { ensureBuilt } = await import(pathToFileURL(setup).href);
  ensureBuilt();
}
await import(pathToFileURL(join(desktop, 'dist', 'cli.mjs')).href);
