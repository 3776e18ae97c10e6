import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/**
 * The page of the workbench. It must run under the CSP of SECURITY §2: no inline script or style, nothing remote.
 * `--mode fake` builds the variant with the in-memory host for tests; the shipped build does not contain it.
 */
export default defineConfig(({ mode }) => ({
  root: fileURLToPath(new URL('src/renderer', import.meta.url)),
  base: './',
  resolve: {
    alias: [
      { find: '@dbwitness/shared', replacement: fileURLToPath(new URL('../shared/src', import.meta.url)) },
      { find: /^zod$/, replacement: fileURLToPath(new URL('src/renderer/csp.ts', import.meta.url)) },
    ],
  },
  define: { __FAKE_HOST__: JSON.stringify(mode === 'fake') },
  build: {
    outDir: fileURLToPath(new URL(mode === 'fake' ? 'dist/renderer-fake' : 'dist/renderer', import.meta.url)),
    emptyOutDir: true,
    target: 'es2023',
    cssTarget: ['chrome130', 'firefox130', 'safari18'],
    // Inlining makes data: URLs, which fonts and workers may not be under the CSP; the polyfill is an inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: false,
    reportCompressedSize: true,
  },
}));
