import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{shared,desktop,language-server,extension,test}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**', 'test/e2e/**', '.cache/**'],
    // DuckDB is a native addon and holds files open: processes, not threads.
    pool: 'forks',
    // Real servers' logs, child processes, key derivation: slow on a busy machine, and no test measures time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
