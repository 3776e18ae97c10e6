// npm run docs: writes shared/docs/reference from the tables in the code.
import { ensureInstalled, run, tool } from './setup.mjs';

ensureInstalled();
run(tool('vitest'), ['run', 'test/reference'], { env: { ...process.env, UPDATE: '1' } });
