import { defineConfig } from 'vitest/config';

/** Browser tests: `npx vitest run --config test/e2e/vitest.config.ts`. They build what they serve. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/e2e/**/*.test.ts'],
    pool: 'forks',
    // One browser at a time: the machine's cores are the bottleneck, and screenshots must not fight for them.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
