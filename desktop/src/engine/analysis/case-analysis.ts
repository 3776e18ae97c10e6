import { LOG_FORMATS } from '@dbwitness/shared/logs/index.ts';
import type { CallOptions, Progress } from '../../host/request.ts';
import type { Gap, SourceSpan } from '../../host/timeline.ts';
import type { CaseStore } from '../case/case-store.ts';
import { SharedWork } from '../query/shared-work.ts';
import { EVENTS } from '../store/event-file.ts';
import { analyse, type Continuity, type Published } from './analysis.ts';
import { findGaps, sourceExtents, sourceSpans } from './gaps.ts';
import { serverEvents } from './server-events.ts';
import type { SessionContext } from './sessions.ts';

interface Ready {
  readonly published: Published;
  readonly context: Omit<SessionContext, 'cited'>;
}

/** Sessions and gaps of an open case: worked out when they are first asked for, and anew when the events change. */
export class CaseAnalysis {
  readonly #store: CaseStore;
  #version = -1;
  readonly #ready = new Kept<Ready>();
  readonly #gaps = new Kept<readonly Gap[]>();

  constructor(store: CaseStore) {
    this.#store = store;
  }

  async gaps(options: CallOptions = {}): Promise<readonly Gap[]> {
    const { published } = await this.sessions(options);
    return this.#gaps.get((shared) => findGaps(published, shared), options);
  }

  /** From the first to the last record of each source, and what its counters prove. */
  async sources(options: CallOptions = {}): Promise<readonly SourceSpan[]> {
    const { published } = await this.sessions(options);
    const gaps = await this.gaps(options);
    return sourceSpans(published, gaps, (source) => this.#store.offsetOf(source));
  }

  /** What session queries need; the derived tables are there when it resolves. */
  sessions(options: CallOptions = {}): Promise<Ready> {
    const { dataVersion } = this.#store;
    if (this.#version !== dataVersion) {
      this.#version = dataVersion;
      this.#ready.forget();
      this.#gaps.forget();
    }
    return this.#ready.get((shared) => this.#analyse(shared), options);
  }

  async #analyse(options: CallOptions): Promise<Ready> {
    const published: Published = {
      database: this.#store.database,
      schema: EVENTS,
      exhibits: this.#store.exhibits
        .filter((exhibit) => exhibit.format !== undefined)
        .map(({ id, source, format = '', product = '', problems }) => {
          const brokenOff = problems.find(({ code }) => code === 'compressed/cut')?.message;
          return {
            exhibit: id,
            source,
            format,
            product,
            continuity: continuityOf(format),
            ...(brokenOff === undefined ? {} : { brokenOff }),
          };
        }),
    };
    await analyse(published, options);
    const events = await serverEvents(published, options.signal);
    const extents = await sourceExtents(published, options.signal);
    const starts = new Map(extents.map(({ source, from }) => [source, from]));
    return { published, context: { events, starts } };
  }
}

/**
 * A result that is worked out when it is first asked for. It belongs to all who ask: each hears how far it is and may leave,
 * and when all have left it stops. What failed or was stopped is tried again.
 */
class Kept<T> {
  #work: SharedWork<T> | undefined;
  #progress: Progress | undefined;
  /** Counts what was begun or forgotten: only the last speaks. */
  #round = 0;
  readonly #listeners = new Set<(progress: Progress) => void>();

  async get(make: (options: CallOptions) => Promise<T>, { signal, onProgress }: CallOptions): Promise<T> {
    if (onProgress !== undefined) {
      this.#listeners.add(onProgress);
      if (this.#progress !== undefined) onProgress(this.#progress);
    }
    const work = this.#current(make);
    try {
      return await work.wait(signal);
    } finally {
      if (onProgress !== undefined) this.#listeners.delete(onProgress);
    }
  }

  forget(): void {
    this.#round += 1;
    this.#work = undefined;
    this.#progress = undefined;
  }

  #current(make: (options: CallOptions) => Promise<T>): SharedWork<T> {
    if (this.#work !== undefined && !this.#work.abandoned) return this.#work;
    const round = ++this.#round;
    const tell = (progress: Progress | undefined) => {
      // What was forgotten meanwhile has nobody who listens.
      if (round !== this.#round) return;
      this.#progress = progress;
      if (progress !== undefined) for (const listener of this.#listeners) listener(progress);
    };
    this.#work = new SharedWork(async (signal) => {
      try {
        return await make({ signal, onProgress: tell });
      } catch (error) {
        if (round === this.#round) this.forget();
        throw error;
      } finally {
        tell(undefined);
      }
    });
    return this.#work;
  }
}

/** What a format counts. */
function continuityOf(format: string): Continuity {
  return LOG_FORMATS.find((known) => known.id === format)?.continuity ?? 'none';
}
