// npm run bench: builds, then measures import, verify and queries. Arguments go to test/bench/bench.ts.
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, installDebian, root, run, which } from './setup.mjs';

ensureInstalled();
ensureBuilt();
if (!which('pgbadger')) installDebian(['pgbadger', 'libtext-csv-xs-perl']);
const { build } = await import('esbuild');
const out = join(root, 'desktop', 'dist', 'bench.mjs');
await build({
  entryPoints: [join(root, 'test', 'bench', 'bench.ts')],
  outfile: out,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  external: ['@duckdb/node-api', '@duckdb/node-bindings', 'libpg-query', 'pdfkit'],
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});
const pgbadger = which('pgbadger');
run(process.execPath, [out, ...(pgbadger ? ['--pgbadger', pgbadger] : []), ...process.argv.slice(2)]);
