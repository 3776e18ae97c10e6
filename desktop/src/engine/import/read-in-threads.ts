import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { LogFormat } from '@dbwitness/shared/logs/log-format.ts';
import type { RowBatch } from '../store/row-batch.ts';
import { AccountJoin } from './account-join.ts';
import type { ExhibitState, ReadAccount } from './exhibit-reader.ts';
import { formatNamed } from './reader-parts.ts';
import type { Readers, Reading, ReadingSpec, TakeBatch } from './reading.ts';
import { type OpenChannel, ReadingThread, type ThreadUser, workerChannel } from './reading-thread.ts';
import type { SegmentAnswer } from './worker-messages.ts';

/** Batches of rows that may wait for the store, and chunks of bytes for a thread: two segments, so that none runs dry. */
const BATCHES_WAITING = 6;
const CHUNKS_UNDER_WAY = 8;
/** Segments that had to be read twice, before the rest of the exhibit is left to one thread. */
const MOST_AGAIN = 16;

/**
 * Threads that read at a time, of so many cores. One core is left to what goes on beside reading: hashing, storing, V8's
 * compiler. Each thread compiles for itself and understands statements for itself: 200 MB of csvlog on two cores took 9.4 s
 * and 13.6 s of CPU time with one thread, 9.8 to 11 s and 16.2 to 17.3 s with two.
 */
const MOST_THREADS = 4;
function threadsFor(cores: number): number {
  return Math.max(1, Math.min(MOST_THREADS, cores - 1));
}

export interface ThreadOptions {
  /** Threads that read at a time; one file may have them all. */
  readonly threads?: number;
  /** Bytes after which a file's next record goes to another thread. */
  readonly segmentBytes?: number;
}

/** The bundle of `worker.ts` that the build puts beside every other one; undefined when running from source. */
export function bundledWorker(): string | undefined {
  const path = fileURLToPath(new URL('./import-worker.mjs', import.meta.url));
  return existsSync(path) ? path : undefined;
}

/**
 * Readers in threads of their own: reading then runs beside hashing, copying and storing. A large file is read by several
 * threads, segment by segment; what comes out does not depend on how many. Threads are kept for the next exhibit.
 */
export function readersInThreads(workerFile: string, options: ThreadOptions = {}): Readers {
  return readersOver(workerChannel(workerFile), options);
}

/** The same over any way to what answers as `worker.ts` does. */
export function readersOver(
  open: OpenChannel,
  { threads = threadsFor(availableParallelism()), segmentBytes = 4 << 20 }: ThreadOptions = {},
): Readers {
  const idle: ReadingThread[] = [];
  const all = new Set<ReadingThread>();
  const take = (): ReadingThread => {
    const thread = idle.pop() ?? new ReadingThread(open);
    all.add(thread);
    return thread;
  };
  const pool: ThreadPool = {
    take,
    takeSpare: () => (all.size - idle.length < threads ? take() : undefined),
    release(thread, reusable) {
      thread.detach();
      if (reusable) {
        thread.send({ kind: 'forget' });
        idle.push(thread);
      } else {
        all.delete(thread);
        void thread.terminate();
      }
    },
  };
  return {
    prepare() {
      if (all.size > 0) return;
      const thread = new ReadingThread(open);
      all.add(thread);
      idle.push(thread);
    },
    async start(spec, takeBatch) {
      const reading = new FileReading(pool, spec, takeBatch, segmentBytes);
      await reading.start();
      return reading;
    },
    async close() {
      await Promise.all([...all].map((thread) => thread.terminate()));
    },
  };
}

interface ThreadPool {
  take(): ReadingThread;
  /** One more thread for a file that has one, if there is one to spare. */
  takeSpare(): ReadingThread | undefined;
  release(thread: ReadingThread, reusable: boolean): void;
}

/**
 * One exhibit. Its segments are handed round its threads; each begins on what is known of the segments before, and is
 * confirmed when the one before it has ended (see `SegmentReader`). No thread begins a segment before its last one is
 * confirmed, so that what waits in memory is two segments a thread.
 */
class FileReading implements Reading, ThreadUser {
  readonly #pool: ThreadPool;
  readonly #spec: ReadingSpec;
  readonly #format: LogFormat;
  readonly #take: TakeBatch;
  readonly #segmentBytes: number;
  readonly #threads: ReadingThread[] = [];
  /** Threads of the segments that have not ended, in order; the last is the one that gets bytes. */
  readonly #segments: ReadingThread[] = [];
  readonly #account = new AccountJoin();
  /** How the last segment that has ended did. */
  #state: ExhibitState | undefined;
  /** Bytes of the exhibit so far, and of the open segment. */
  #bytes = 0;
  #open = 0;
  #again = 0;
  #waiting = 0;
  #storing: Promise<void> = Promise.resolve();
  #failure: unknown;
  #over = false;
  #wake: () => void = () => undefined;

  constructor(pool: ThreadPool, spec: ReadingSpec, take: TakeBatch, segmentBytes: number) {
    this.#pool = pool;
    this.#spec = spec;
    this.#format = formatNamed(spec.format);
    this.#take = take;
    this.#segmentBytes = segmentBytes;
  }

  async start(): Promise<void> {
    const thread = this.#add(this.#pool.take());
    this.#segments.push(thread);
    await this.#until(() => thread.ready);
  }

  async push(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    let rest = bytes;
    for (;;) {
      const thread = this.#segments.at(-1);
      if (thread === undefined) throw new Error('bytes after the end');
      const at = this.#boundary(rest);
      const next = at === -1 ? undefined : this.#nextThread(thread);
      const length = next === undefined ? rest.length : at;
      // Handed over with its memory: what is a part of it must be copied.
      const part = length === bytes.length ? bytes : rest.slice(0, length);
      rest = rest.subarray(length);
      this.#bytes += length;
      this.#open += length;
      thread.send({ kind: 'bytes', bytes: part });
      await this.#until(() => thread.underWay < CHUNKS_UNDER_WAY && this.#waiting < BATCHES_WAITING);
      if (next === undefined) return;
      await this.#cut(thread, next);
    }
  }

  async end(): Promise<ReadAccount> {
    this.#segments.at(-1)?.send({ kind: 'end', last: true });
    await this.#until(() => this.#segments.length === 0);
    await this.#storing;
    if (this.#failure !== undefined) throw this.#failure;
    const { whole } = this.#account;
    if (whole === undefined) throw new Error('the reading thread gave no account');
    this.#close(true);
    return whole;
  }

  async abort(): Promise<void> {
    // A thread in the middle of an exhibit is not worth waiting for.
    this.#close(false);
    await this.#storing.catch(() => undefined);
  }

  /** Where in `bytes` another segment may begin, or -1. */
  #boundary(bytes: Uint8Array): number {
    const from = Math.max(1, this.#segmentBytes - this.#open);
    if (from >= bytes.length || this.#again >= MOST_AGAIN) return -1;
    return this.#format.boundary?.(bytes, from) ?? -1;
  }

  /** The thread for the next segment: one more if it is to be had, else the next in turn that is not `current`. */
  #nextThread(current: ReadingThread): ReadingThread | undefined {
    const spare = this.#pool.takeSpare();
    if (spare !== undefined) return this.#add(spare);
    const next = this.#threads[(this.#threads.indexOf(current) + 1) % this.#threads.length];
    return next === current ? undefined : next;
  }

  async #cut(thread: ReadingThread, next: ReadingThread): Promise<void> {
    thread.send({ kind: 'end', last: false });
    // Most of what can be learned is told by the first records: the first segment is read before others are begun.
    if (this.#state === undefined) await this.#until(() => this.#state !== undefined);
    const presumed = this.#state;
    if (presumed === undefined) throw new Error('a segment ended without a state');
    this.#segments.push(next);
    next.send({ kind: 'begin', offset: this.#bytes, presumed });
    // Nothing is before it any more: it is not only presumed.
    if (this.#segments.length === 1) next.send({ kind: 'confirm', before: presumed });
    this.#open = 0;
  }

  #add(thread: ReadingThread): ReadingThread {
    thread.attach(this);
    thread.send({ kind: 'start', spec: this.#spec, part: this.#threads.length });
    this.#threads.push(thread);
    return thread;
  }

  /** Resolves when `reached`; fails as soon as a thread or the store has. */
  async #until(reached: () => boolean): Promise<void> {
    while (this.#failure === undefined && !reached()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  batch(batch: RowBatch): void {
    this.#waiting++;
    this.#storing = this.#storing
      .then(() => (this.#over || this.#failure !== undefined ? undefined : this.#take(batch)))
      .catch((error: unknown) => this.failed(error))
      .then(() => {
        this.#waiting--;
        this.changed();
      });
  }

  /** The first of the segments that have not ended has: confirms the next. */
  ended({ account, state, again }: SegmentAnswer): void {
    this.#segments.shift();
    this.#account.add(account);
    if (again) this.#again++;
    if (state === undefined) return;
    this.#state = state;
    this.#segments[0]?.send({ kind: 'confirm', before: state });
  }

  failed(error: unknown): void {
    this.#failure ??= error;
    this.changed();
  }

  changed(): void {
    this.#wake();
  }

  #close(reusable: boolean): void {
    if (this.#over) return;
    this.#over = true;
    for (const thread of this.#threads) this.#pool.release(thread, reusable);
  }
}
