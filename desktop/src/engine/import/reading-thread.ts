import { Worker } from 'node:worker_threads';
import { EngineError } from '../engine-error.ts';
import type { RowBatch } from '../store/row-batch.ts';
import type { FromWorker, SegmentAnswer, ToWorker } from './worker-messages.ts';

/**
 * Young objects live as long as a chunk of the log is worked on: with V8's 16 MB, every collection would copy them all.
 */
const YOUNG_MB = 96;

/** The way to a thread that runs `worker.ts`. */
export interface Channel {
  post(message: ToWorker, transfer: ArrayBuffer[]): void;
  close(): Promise<void>;
}

export type OpenChannel = (
  answered: (message: FromWorker) => void,
  failed: (error: unknown) => void,
) => Channel;

export function workerChannel(workerFile: string): OpenChannel {
  return (answered, failed) => {
    const worker = new Worker(workerFile, { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
    worker.on('message', answered);
    worker.on('error', failed);
    worker.on('exit', (code) => failed(new Error(`the reading thread ended with code ${code}`)));
    return {
      post: (message, transfer) => worker.postMessage(message, transfer),
      async close() {
        await worker.terminate();
      },
    };
  };
}

/** Who reads in a thread. */
export interface ThreadUser {
  batch(batch: RowBatch): void;
  ended(answer: SegmentAnswer): void;
  failed(error: unknown): void;
  /** Something has changed that somebody may wait for. */
  changed(): void;
}

/** The engine's end of a reading thread, which reads one exhibit after the other. */
export class ReadingThread {
  readonly #channel: Channel;
  #user: ThreadUser | undefined;
  /** Why it is of no use any more. */
  #gone: unknown;
  /** Chunks that were sent and not taken. */
  underWay = 0;
  ready = false;

  constructor(open: OpenChannel) {
    this.#channel = open(
      (message) => this.#answered(message),
      (error) => {
        this.#gone ??= error;
        this.#user?.failed(error);
      },
    );
  }

  attach(user: ThreadUser): void {
    this.#user = user;
    this.underWay = 0;
    this.ready = false;
    // It may have ended while nobody used it.
    if (this.#gone !== undefined) user.failed(this.#gone);
  }

  /** What it still says is heard by nobody. */
  detach(): void {
    this.#user = undefined;
  }

  send(message: ToWorker): void {
    if (message.kind === 'bytes') this.underWay++;
    this.#channel.post(message, message.kind === 'bytes' ? [message.bytes.buffer] : []);
  }

  async terminate(): Promise<void> {
    await this.#channel.close();
  }

  #answered(message: FromWorker): void {
    const user = this.#user;
    if (user === undefined) return;
    switch (message.kind) {
      case 'ready':
        this.ready = true;
        break;
      case 'taken':
        this.underWay--;
        break;
      case 'batch':
        user.batch(message.batch);
        break;
      case 'end':
        user.ended(message);
        break;
      case 'failed':
        user.failed(
          message.code === undefined
            ? new Error(message.message)
            : new EngineError(message.code, message.message),
        );
        break;
    }
    user.changed();
  }
}
