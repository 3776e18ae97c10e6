// npm run build: the command line, the engine's workers, the verifier, the Electron shell, the viewer and the renderer.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { productVersion, root } from './setup.mjs';

const desktop = join(root, 'desktop');
const dist = join(desktop, 'dist');

/** Bundled by path at run time: native addons, WebAssembly and font data beside the code, the shell itself. */
const EXTERNAL = ['@duckdb/node-api', '@duckdb/node-bindings', 'libpg-query', 'pdfkit', 'sql.js', 'electron'];

const node = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  external: EXTERNAL,
  define: {
    DBWITNESS_VERSION: JSON.stringify(productVersion()),
    DBWITNESS_LOCKFILE: JSON.stringify(digestOf(join(root, 'package-lock.json'))),
  },
  // CommonJS parts inside an ES module bundle still ask for `require`.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
  sourcemap: 'linked',
};

/** Output name → entry. Every bundle lies in desktop/dist, so that they find each other beside themselves. */
const ENTRIES = {
  cli: 'src/cli/bin.ts',
  verify: 'src/verify/main.ts',
  'import-worker': 'src/engine/import/worker.ts',
  'electron-engine': 'src/main/electron-engine.ts',
  main: 'src/main/main.ts',
};

/** SHA-256 of a file, hex. */
function digestOf(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

for (const [name, entry] of Object.entries(ENTRIES)) {
  if (!existsSync(join(desktop, entry))) throw new Error(`missing entry ${entry}`);
  await build({ ...node, entryPoints: [join(desktop, entry)], outfile: join(dist, `${name}.mjs`) });
}
// A sandboxed preload script is CommonJS and may only require electron.
await build({
  ...node,
  banner: {},
  format: 'cjs',
  entryPoints: [join(desktop, 'src/preload/preload.ts')],
  outfile: join(dist, 'preload.cjs'),
});

// The viewer that goes into every package: its builder is TypeScript, so it is bundled before it can run.
const viewerBuilder = join(dist, 'build-viewer.mjs');
await build({
  ...node,
  external: [...EXTERNAL, 'esbuild'],
  entryPoints: [join(desktop, 'src/viewer/build.ts')],
  outfile: viewerBuilder,
});
const { buildViewer } = await import(pathToFileURL(viewerBuilder).href);
const viewer = await buildViewer(join(desktop, 'src/viewer'));
writeFileSync(join(dist, 'viewer.html'), viewer.html);

const { build: vite } = await import('vite');
await vite({
  configFile: join(desktop, 'vite.config.ts'),
  root: join(desktop, 'src', 'renderer'),
  logLevel: 'warn',
});
