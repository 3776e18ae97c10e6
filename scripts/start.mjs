// npm start: sets up, runs the tabletop case from logs to verified package, and opens the workbench on it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt, ensureElectron, ensureInstalled, root } from './setup.mjs';

ensureInstalled();
ensureBuilt();
if (!['--help', '-h', '--web', '--no-open'].some((option) => process.argv.includes(option))) ensureElectron();
const cli = join(root, 'desktop', 'dist', 'cli.mjs');
const child = spawn(process.execPath, [cli, 'tabletop', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 130 : 4)));
