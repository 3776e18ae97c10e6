// Entry of the bundled command line.
import { main } from './main.ts';

const stop = new AbortController();
let asked = false;
process.on('SIGINT', () => {
  // The first Ctrl+C stops in good order; a second one ends at once.
  if (asked) process.exit(130);
  asked = true;
  stop.abort();
});
process.on('SIGTERM', () => stop.abort());
// A reader that goes away (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 4));

process.exitCode = await main(
  process.argv.slice(2),
  { out: process.stdout, err: process.stderr, in: process.stdin },
  stop.signal,
);
