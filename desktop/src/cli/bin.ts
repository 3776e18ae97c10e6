// Entry of the bundled command line.
import { READER_GONE } from './command.ts';
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
// A reader that goes away (`| head`) is no error: the command ends in good order, and leaves no locked case behind.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exit(4);
    stop.abort(READER_GONE);
  });
}

process.exitCode = await main(
  process.argv.slice(2),
  { out: process.stdout, err: process.stderr, in: process.stdin },
  stop.signal,
);
