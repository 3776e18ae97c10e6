// npm test: lint, types, every unit and conformance test, then the workbench in a real browser. CI runs exactly this.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChdb } from './chdb.mjs';
import {
  ensureBuilt,
  ensureInstalled,
  findChromium,
  installDebian,
  root,
  run,
  tool,
  which,
} from './setup.mjs';

ensureInstalled();
// Third-party programs that tests hold ours against, by the Debian package that brings them; a test whose program is
// missing says that it was skipped. (bagit-python is not in Debian 12: its test runs where `bagit.py` is found.)
const missing = Object.entries({
  openssl: 'openssl',
  pdftotext: 'poppler-utils',
  qpdf: 'qpdf',
  unzip: 'unzip',
})
  .filter(([program]) => !which(program))
  .map(([, name]) => name);
if (missing.length > 0) installDebian(missing);
const chromium = findChromium({ install: true });
const noChdb = ensureChdb();
if (noChdb !== undefined) console.log(`Nothing is held against ClickHouse: ${noChdb}.`);

step('Lint and format');
run(tool('biome'), ['check', '--error-on-warnings', '.']);
step('Types');
run(tool('tsc'), ['-b']);
ensureBuilt();

const results = [suite('Unit and conformance tests', [])];
if (chromium)
  results.push(
    suite('Workbench in a browser', ['--config', 'test/e2e/vitest.config.ts'], { CHROME_PATH: chromium }),
  );
else
  console.log(
    'No Chromium was found and none could be installed: the browser tests did not run. Set CHROME_PATH.',
  );

const sum = (key) => results.reduce((total, result) => total + result[key], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exit(results.every((result) => result.ok) && chromium ? 0 : 1);

function step(title) {
  console.log(`\n== ${title}`);
}

function suite(title, args, env = {}) {
  step(title);
  const folder = join(root, '.cache');
  mkdirSync(folder, { recursive: true });
  const report = join(folder, 'test-report.json');
  rmSync(report, { force: true });
  const done = spawnSync(
    tool('vitest'),
    ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } },
  );
  const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
  return {
    ok: done.status === 0 && (counts?.numTotalTests ?? 0) > 0,
    passed: counts?.numPassedTests ?? 0,
    failed: counts?.numFailedTests ?? 0,
    skipped: (counts?.numPendingTests ?? 0) + (counts?.numTodoTests ?? 0),
  };
}
