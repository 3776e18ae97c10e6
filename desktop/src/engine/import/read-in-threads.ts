import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { EngineError } from '../engine-error.ts';
import type { ReadAccount } from './exhibit-reader.ts';
import type { Readers, Reading, ReadingSpec, TakeBatch } from './reading.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/** Chunks of bytes and batches of rows that may be under way: enough to keep both sides busy, and memory flat. */
const CHUNKS_UNDER_WAY = 4;
const BATCHES_WAITING = 6;
/**
 * Young objects live as long as a chunk of the log is worked on: with V8's 16 MB, every collection would copy them all.
 */
const YOUNG_MB = 96;

/** The bundle of `worker.ts` that the build puts beside every other one; undefined when running from source. */
export function bundledWorker(): string | undefined {
  const path = fileURLToPath(new URL('./import-worker.mjs', import.meta.url));
  return existsSync(path) ? path : undefined;
}

/** Readers in threads of their own: reading then runs beside hashing, copying and storing. Threads are kept for the next exhibit. */
export function readersInThreads(workerFile: string): Readers {
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  return {
    async start(spec, take) {
      const worker =
        idle.pop() ?? new Worker(workerFile, { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
      all.add(worker);
      const reading = new ThreadReading(worker, take, (reusable) => {
        if (reusable) idle.push(worker);
        else {
          all.delete(worker);
          void worker.terminate();
        }
      });
      await reading.start(spec);
      return reading;
    },
    async close() {
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}

/** One exhibit in one thread. */
class ThreadReading implements Reading {
  readonly #worker: Worker;
  readonly #take: TakeBatch;
  readonly #release: (reusable: boolean) => void;
  #underWay = 0;
  #waiting = 0;
  #storing: Promise<void> = Promise.resolve();
  #failure: unknown;
  #account: ReadAccount | undefined;
  #ready = false;
  #over = false;
  /** Called whenever something has changed that somebody may wait for. */
  #changed: () => void = () => undefined;

  constructor(worker: Worker, take: TakeBatch, release: (reusable: boolean) => void) {
    this.#worker = worker;
    this.#take = take;
    this.#release = release;
    worker.on('message', this.#onMessage);
    worker.on('error', this.#onError);
    worker.on('exit', this.#onExit);
  }

  async start(spec: ReadingSpec): Promise<void> {
    this.#send({ kind: 'start', spec });
    await this.#until(() => this.#ready);
  }

  async push(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#underWay++;
    this.#send({ kind: 'bytes', bytes }, [bytes.buffer]);
    await this.#until(() => this.#underWay < CHUNKS_UNDER_WAY && this.#waiting < BATCHES_WAITING);
  }

  async end(): Promise<ReadAccount> {
    this.#send({ kind: 'end' });
    await this.#until(() => this.#account !== undefined);
    await this.#storing;
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#account === undefined) throw new Error('the reading thread gave no account');
    this.#close(true);
    return this.#account;
  }

  async abort(): Promise<void> {
    // A thread in the middle of an exhibit is not worth waiting for.
    this.#close(false);
    await this.#storing.catch(() => undefined);
  }

  #send(message: ToWorker, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  /** Resolves when `reached`; fails as soon as the thread or the store has. */
  async #until(reached: () => boolean): Promise<void> {
    while (this.#failure === undefined && !reached()) {
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  readonly #onMessage = (message: FromWorker): void => {
    if (this.#over) return;
    switch (message.kind) {
      case 'ready':
        this.#ready = true;
        break;
      case 'taken':
        this.#underWay--;
        break;
      case 'batch':
        this.#store(message.batch);
        break;
      case 'end':
        this.#account = message.account;
        break;
      case 'failed':
        this.#fail(
          message.code === undefined
            ? new Error(message.message)
            : new EngineError(message.code, message.message),
        );
        break;
    }
    this.#changed();
  };

  #store(batch: Parameters<TakeBatch>[0]): void {
    this.#waiting++;
    this.#storing = this.#storing
      .then(() => (this.#over || this.#failure !== undefined ? undefined : this.#take(batch)))
      .catch((error: unknown) => this.#fail(error))
      .then(() => {
        this.#waiting--;
        this.#changed();
      });
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    this.#changed();
  }

  readonly #onError = (error: unknown): void => this.#fail(error);
  readonly #onExit = (code: number): void =>
    this.#fail(new Error(`the reading thread ended with code ${code}`));

  #close(reusable: boolean): void {
    if (this.#over) return;
    this.#over = true;
    this.#worker.off('message', this.#onMessage);
    this.#worker.off('error', this.#onError);
    this.#worker.off('exit', this.#onExit);
    this.#release(reusable);
  }
}
