import { parentPort } from 'node:worker_threads';
import { SegmentService } from './segment-service.ts';
import type { ToWorker } from './worker-messages.ts';

/** Entry of the reading thread: see `read-in-threads.ts`. */
if (parentPort === null) throw new Error('the reading thread was started as a process');
const port = parentPort;
const service = new SegmentService((message, transfer) => port.postMessage(message, transfer));
port.on('message', (message: ToWorker) => service.take(message));
