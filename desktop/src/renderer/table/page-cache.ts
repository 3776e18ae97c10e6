import type { HostError } from '../../host/request.ts';
import { isAbort, toHostError } from '../state/host-error.ts';

export const PAGE_ROWS = 200;
const KEPT_PAGES = 50;

export type FetchRows<T> = (from: number, count: number, signal: AbortSignal) => Promise<readonly T[]>;

/** Pages of one view: the newest used are kept, requests for what is no longer looked at are cancelled. */
export class PageCache<T> {
  readonly #fetchRows: FetchRows<T>;
  readonly #rows: number;
  readonly #changed: () => void;
  /** Insertion order is order of use. */
  readonly #pages = new Map<number, readonly T[]>();
  readonly #running = new Map<number, AbortController>();
  #error: HostError | undefined;

  constructor(fetch: FetchRows<T>, rows: number, changed: () => void) {
    this.#fetchRows = fetch;
    this.#rows = rows;
    this.#changed = changed;
  }

  get error(): HostError | undefined {
    return this.#error;
  }

  row(index: number): T | undefined {
    const page = this.#pages.get(Math.floor(index / PAGE_ROWS));
    return page?.[index % PAGE_ROWS];
  }

  /** Fetches what is missing of rows `[first, last)` and gives up on everything else. */
  want(first: number, last: number): void {
    const from = Math.floor(first / PAGE_ROWS);
    const to = Math.floor(Math.max(first, last - 1) / PAGE_ROWS);
    for (const [page, abort] of this.#running) {
      if (page < from || page > to) {
        abort.abort();
        this.#running.delete(page);
      }
    }
    for (let page = from; page <= to; page++) {
      const known = this.#pages.get(page);
      if (known !== undefined) {
        this.#pages.delete(page);
        this.#pages.set(page, known);
      } else if (!this.#running.has(page) && page * PAGE_ROWS < this.#rows && this.#error === undefined) {
        void this.#load(page);
      }
    }
  }

  /** Forgets a failure, so that the next `want` asks again. */
  retry(): void {
    this.#error = undefined;
    this.#changed();
  }

  dispose(): void {
    for (const abort of this.#running.values()) abort.abort();
    this.#running.clear();
  }

  async #load(page: number): Promise<void> {
    const abort = new AbortController();
    this.#running.set(page, abort);
    const from = page * PAGE_ROWS;
    try {
      const rows = await this.#fetchRows(from, Math.min(PAGE_ROWS, this.#rows - from), abort.signal);
      if (abort.signal.aborted) return;
      this.#pages.set(page, rows);
      for (const oldest of this.#pages.keys()) {
        if (this.#pages.size <= KEPT_PAGES) break;
        this.#pages.delete(oldest);
      }
    } catch (thrown) {
      if (abort.signal.aborted || isAbort(thrown)) return;
      this.#error = toHostError(thrown);
    } finally {
      if (this.#running.get(page) === abort) this.#running.delete(page);
    }
    this.#changed();
  }
}
