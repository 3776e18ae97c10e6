import { EngineError, messageOf } from '../engine-error.ts';
import { type RowBatch, transferables } from '../store/row-batch.ts';
import { createReaderParts } from './reader-parts.ts';
import { SegmentReader } from './segment-reader.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

export type SendAnswer = (message: FromWorker, transfer: ArrayBuffer[]) => void;

/** What answers the engine in a reading thread: bytes in, batches of rows out. One exhibit at a time. */
export class SegmentService {
  readonly #send: SendAnswer;
  #reader: SegmentReader | undefined;
  /** What came while the reader must wait to be confirmed. */
  readonly #waiting: ToWorker[] = [];
  /** One after the other: loading the grammar is asynchronous, and bytes must not overtake it. */
  #queue = Promise.resolve();

  constructor(send: SendAnswer) {
    this.#send = send;
  }

  take(message: ToWorker): void {
    this.#queue = this.#queue
      .then(() => this.#take(message))
      .catch((error: unknown) => {
        this.#reader = undefined;
        const code = error instanceof EngineError ? error.code : undefined;
        this.#send(
          { kind: 'failed', message: messageOf(error), ...(code === undefined ? {} : { code }) },
          [],
        );
      });
  }

  async #take(message: ToWorker): Promise<void> {
    if (this.#early(message)) this.#waiting.push(message);
    else await this.#answer(message);
  }

  /** Whether `message` must wait. */
  #early({ kind }: ToWorker): boolean {
    const reader = this.#reader;
    if (kind === 'confirm' || kind === 'forget' || reader === undefined) return false;
    if (this.#waiting.length > 0) return true;
    return kind === 'bytes' ? reader.full : kind === 'end' && reader.unsure;
  }

  async #answer(message: ToWorker): Promise<void> {
    switch (message.kind) {
      case 'start':
        this.#reader = new SegmentReader(await createReaderParts(message.spec), message.part);
        this.#send({ kind: 'ready' }, []);
        return;
      case 'begin':
        this.#reader?.begin(message.offset, message.presumed);
        return;
      case 'bytes':
        // After a failure, chunks that were under way still arrive.
        if (this.#reader !== undefined) this.#sendBatches(this.#reader.push(message.bytes));
        this.#send({ kind: 'taken' }, []);
        return;
      case 'confirm':
        if (this.#reader !== undefined) this.#sendBatches(this.#reader.confirm(message.before));
        for (const next of this.#waiting.splice(0)) await this.#take(next);
        return;
      case 'end': {
        if (this.#reader === undefined) throw new Error('the end of nothing');
        const { batches, ...end } = this.#reader.end(message.last);
        this.#sendBatches(batches);
        this.#send({ kind: 'end', ...end }, []);
        return;
      }
      case 'forget':
        this.#reader = undefined;
        this.#waiting.length = 0;
        return;
    }
  }

  #sendBatches(batches: readonly RowBatch[]): void {
    for (const batch of batches) this.#send({ kind: 'batch', batch }, transferables(batch));
  }
}
