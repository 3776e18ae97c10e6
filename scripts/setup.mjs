// What every command needs before it can do its work: dependencies, a current build, a browser. Node built-ins only.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs a command in the repository with its output shown; ends this process with its exit code when it fails. */
export function run(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (done.error) fail(`${command} could not be started: ${done.error.message}`);
  if (done.status !== 0) process.exit(done.status ?? 4);
}

export function fail(message) {
  console.error(message);
  process.exit(4);
}

/** The path of a program that a dependency brings. */
export function tool(name) {
  return join(root, 'node_modules', '.bin', name);
}

/** Installs from the lock file when node_modules is missing or older than it. */
export function ensureInstalled() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`DB Witness needs Node 20.19 or newer; this is ${process.versions.node}.`);
  }
  const lock = join(root, 'package-lock.json');
  const marker = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync(lock).mtimeMs) return;
  console.error('Installing dependencies from the lock file …');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { stdio: ['ignore', 2, 2] });
}

/** Builds what is older than its sources. */
export function ensureBuilt() {
  const stamp = join(root, 'desktop', 'dist', '.built');
  const newest = Math.max(
    ...[
      'shared/src',
      'shared/content',
      'desktop/src',
      'desktop/vite.config.ts',
      'scripts',
      'package-lock.json',
    ].map((path) => newestIn(join(root, path))),
  );
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= newest) return;
  console.error('Building the workbench …');
  // On stderr: the command behind may be asked for JSON on stdout.
  run(process.execPath, [join(root, 'scripts', 'build.mjs')], { stdio: ['ignore', 2, 2] });
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, '');
}

function newestIn(path) {
  if (!existsSync(path)) return 0;
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestIn(join(path, name))), 0);
}

/**
 * Tries to have Electron's binary where a window could be shown: its package fetches it at first use. Where that fails (a
 * closed network, an old Node) the workbench is served to the browser instead, which `dbwitness tabletop` says.
 */
export function ensureElectron() {
  const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  const folder = join(root, 'node_modules', 'electron');
  if (!display || existsSync(join(folder, 'path.txt')) || !existsSync(join(folder, 'install.js'))) return;
  console.error('Fetching Electron for the window (once) …');
  spawnSync(process.execPath, [join(folder, 'install.js')], {
    cwd: folder,
    stdio: 'ignore',
    timeout: 180_000,
  });
}

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/** The path of a Chromium: CHROME_PATH, an installed one, or Debian's package when this is root on Debian; else undefined. */
export function findChromium({ install = false } = {}) {
  if (process.env.CHROME_PATH) return process.env.CHROME_PATH;
  const found = BROWSERS.map(which).find(Boolean);
  if (found || !install) return found;
  installDebian(['chromium', 'fonts-dejavu-core']);
  return BROWSERS.map(which).find(Boolean);
}

/** Installs Debian packages when this is root on a machine with apt; says what it does. Returns whether it could. */
export function installDebian(packages) {
  if (process.getuid?.() !== 0 || !which('apt-get')) return false;
  console.error(`Installing Debian's ${packages.join(', ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
  const done = spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  });
  return done.status === 0;
}

/** The path of a program in PATH, or undefined. */
export function which(name) {
  for (const folder of (process.env.PATH ?? '').split(':')) {
    const path = join(folder, name);
    if (existsSync(path)) return path;
  }
  return undefined;
}

/** The version that the product carries: of package.json, with the commit where git knows it. */
export function productVersion() {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const commit = spawnSync('git', ['rev-parse', '--short=7', 'HEAD'], { cwd: root, encoding: 'utf8' });
  return commit.status === 0 ? `${version}+${commit.stdout.trim()}` : version;
}
