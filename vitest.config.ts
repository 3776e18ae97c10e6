import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{shared,desktop,language-server,extension,test}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**', 'test/e2e/**', '.cache/**'],
    // DuckDB is a native addon and holds files open: processes, not threads.
    pool: 'forks',
    testTimeout: 30_000,
  },
});
