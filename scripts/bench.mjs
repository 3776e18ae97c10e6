// npm run bench: builds, then measures import, verify, queries and rules. Arguments go to test/bench/bench.ts.
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, installDebian, root, run, which } from './setup.mjs';

ensureInstalled();
ensureBuilt();
if (!which('pgbadger')) installDebian(['pgbadger', 'libtext-csv-xs-perl']);
const { build } = await import('esbuild');
const dist = join(root, 'desktop', 'dist');
await build({
  entryPoints: ['bench.ts', 'sigma-load.ts'].map((name) => join(root, 'test', 'bench', name)),
  outdir: dist,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  external: ['@duckdb/node-api', '@duckdb/node-bindings', 'libpg-query', 'pdfkit', 'sql.js'],
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});
const pgbadger = which('pgbadger');
run(process.execPath, [
  join(dist, 'bench.mjs'),
  ...(pgbadger ? ['--pgbadger', pgbadger] : []),
  ...process.argv.slice(2),
]);
