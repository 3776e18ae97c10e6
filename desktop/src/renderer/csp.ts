import { config } from 'zod';

/**
 * zod probes `new Function` to see whether it may compile schemas; under our CSP the probe alone is a violation.
 * Must be imported before anything that makes a schema.
 */
config({ jitless: true });
