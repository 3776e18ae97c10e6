// ClickHouse's engine for the conformance tests: chdb, a package of half a gigabyte, kept in a cache beside npm's own and
// no dependency of anything. `node scripts/chdb.mjs` installs it by hand.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSION = '3.4.0';
const NEEDED_BYTES = 2e9;
const TIMEOUT_MS = 300_000;

/** Installs it where it is missing or of another version. Returns why it is not there, or undefined when it is. */
export function ensureChdb() {
  // The finder in desktop/src/engine/documents/clickhouse-tables.ts looks at the same place.
  const folder =
    process.env.DBWITNESS_CHDB ||
    join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'dbwitness', 'chdb');
  if (installedIn(folder) === VERSION) return undefined;
  if (process.env.DBWITNESS_CHDB) return `DBWITNESS_CHDB is ${folder}, and chdb ${VERSION} is not there`;
  if (!['linux', 'darwin'].includes(process.platform)) return `there is no chdb for ${process.platform}`;
  mkdirSync(dirname(folder), { recursive: true });
  const { bavail, bsize } = statfsSync(dirname(folder));
  if (bavail * bsize < NEEDED_BYTES) return `${dirname(folder)} has less than 2 GB free`;
  console.error(`Installing chdb ${VERSION} into ${folder} (once, about 550 MB) …`);
  // Beside its place first, so that an interrupted installation is never found.
  const fresh = mkdtempSync(`${folder}-`);
  const done = spawnSync(
    'npm',
    [
      'install',
      '--prefix',
      fresh,
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--loglevel=error',
      `chdb@${VERSION}`,
    ],
    { cwd: fresh, stdio: ['ignore', 2, 2], timeout: TIMEOUT_MS },
  );
  const ok = done.status === 0 && installedIn(fresh) === VERSION;
  if (ok) {
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
    return undefined;
  }
  rmSync(fresh, { recursive: true, force: true });
  return done.error?.code === 'ETIMEDOUT'
    ? `npm took longer than ${TIMEOUT_MS / 60_000} minutes`
    : `npm could not install chdb ${VERSION}`;
}

function installedIn(folder) {
  const file = join(folder, 'node_modules', 'chdb', 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : undefined;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const reason = ensureChdb();
  if (reason !== undefined) console.error(`chdb is not installed: ${reason}.`);
  process.exit(reason === undefined ? 0 : 1);
}
