import { parentPort } from 'node:worker_threads';
import { EngineError, messageOf } from '../engine-error.ts';
import { type RowBatch, transferables } from '../store/row-batch.ts';
import { ExhibitReader } from './exhibit-reader.ts';
import { createReaderParts } from './reader-parts.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/** Entry of the reading thread: bytes in, batches of rows out. One exhibit at a time; see `read-in-threads.ts`. */
if (parentPort === null) throw new Error('the reading thread was started as a process');
const port = parentPort;
let reader: ExhibitReader | undefined;

function send(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}

function sendBatches(batches: readonly RowBatch[]): void {
  for (const batch of batches) send({ kind: 'batch', batch }, transferables(batch));
}

async function answer(message: ToWorker): Promise<void> {
  switch (message.kind) {
    case 'start':
      reader = new ExhibitReader(await createReaderParts(message.spec));
      send({ kind: 'ready' });
      return;
    case 'bytes':
      // After an abort, chunks that were under way still arrive.
      if (reader !== undefined) sendBatches(reader.push(message.bytes));
      send({ kind: 'taken' });
      return;
    case 'end': {
      if (reader === undefined) throw new Error('the end of nothing');
      const { batches, account } = reader.end();
      reader = undefined;
      sendBatches(batches);
      send({ kind: 'end', account });
      return;
    }
  }
}

// One after the other: loading the grammar is asynchronous, and bytes must not overtake it.
let queue = Promise.resolve();
port.on('message', (message: ToWorker) => {
  queue = queue
    .then(() => answer(message))
    .catch((error: unknown) => {
      reader = undefined;
      const code = error instanceof EngineError ? error.code : undefined;
      send({ kind: 'failed', message: messageOf(error), ...(code === undefined ? {} : { code }) });
    });
});
