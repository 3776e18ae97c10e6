/**
 * Work that several may wait for. Each may leave by its own signal; the work itself is cancelled when all have left, so
 * that a question that was put aside stops no one else's answer and nothing runs for nobody.
 */
export class SharedWork<T> {
  readonly #abort = new AbortController();
  readonly #result: Promise<T>;
  #waiting = 0;
  #settled = false;

  constructor(work: (signal: AbortSignal) => Promise<T>) {
    this.#result = work(this.#abort.signal);
    const settle = () => {
      this.#settled = true;
    };
    // Whoever waits hears of a failure; when nobody does any more, it is not one.
    this.#result.then(settle, settle);
  }

  /** Whether everybody has left before it was done: it must be begun anew. */
  get abandoned(): boolean {
    return this.#abort.signal.aborted;
  }

  /** The result; fails with the signal's reason as soon as that is aborted. */
  async wait(signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    this.#waiting += 1;
    let leave: () => void = () => undefined;
    try {
      if (signal === undefined) return await this.#result;
      const left = new Promise<never>((_, fail) => {
        leave = () => fail(signal.reason);
        signal.addEventListener('abort', leave, { once: true });
      });
      return await Promise.race([this.#result, left]);
    } finally {
      signal?.removeEventListener('abort', leave);
      this.#waiting -= 1;
      if (this.#waiting === 0 && !this.#settled) this.#abort.abort(signal?.reason);
    }
  }
}
