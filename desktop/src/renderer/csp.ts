import { config } from 'zod/v4';

/**
 * Stands for `zod` in the page's bundle (vite.config.ts). zod probes `new Function` to see whether it may compile
 * schemas; under our CSP the probe alone is a violation. Whatever chunk makes the first schema, this has run before.
 */
config({ jitless: true });

export * from 'zod/v4';
