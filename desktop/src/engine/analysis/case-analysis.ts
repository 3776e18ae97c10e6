import { LOG_FORMATS } from '@dbwitness/shared/logs/index.ts';
import type { Gap, SourceSpan } from '../../host/timeline.ts';
import type { CaseStore } from '../case/case-store.ts';
import { EVENTS } from '../store/event-file.ts';
import { analyse, type Continuity, type Published } from './analysis.ts';
import { findGaps, sourceExtents, sourceSpans } from './gaps.ts';
import { serverEvents } from './server-events.ts';
import type { SessionContext } from './sessions.ts';

interface Ready {
  readonly version: number;
  readonly published: Published;
  readonly context: Promise<Omit<SessionContext, 'cited'>>;
  gaps?: Promise<readonly Gap[]>;
}

/** Sessions and gaps of an open case: worked out when they are first asked for, and anew when the events change. */
export class CaseAnalysis {
  readonly #store: CaseStore;
  #ready: Promise<Ready> | undefined;
  #version = -1;

  constructor(store: CaseStore) {
    this.#store = store;
  }

  async gaps(): Promise<readonly Gap[]> {
    const ready = await this.#current();
    ready.gaps ??= findGaps(ready.published);
    return ready.gaps;
  }

  /** From the first to the last record of each source, and what its counters prove. */
  async sources(): Promise<readonly SourceSpan[]> {
    const { published } = await this.#current();
    const gaps = await this.gaps();
    return sourceSpans(published, gaps, (source) => this.#store.offsetOf(source));
  }

  /** What session queries need; the derived tables are there when it resolves. */
  async sessions(): Promise<{
    readonly published: Published;
    readonly context: Omit<SessionContext, 'cited'>;
  }> {
    const { published, context } = await this.#current();
    return { published, context: await context };
  }

  /**
   * The analysis belongs to all who ask: it is not tied to the signal of the first, or a view that was left would stop it
   * for the next. A failed one is tried again.
   */
  #current(): Promise<Ready> {
    const { dataVersion } = this.#store;
    if (this.#ready === undefined || this.#version !== dataVersion) {
      this.#version = dataVersion;
      this.#ready = this.#analyse(dataVersion);
      this.#ready.catch(() => {
        this.#ready = undefined;
      });
    }
    return this.#ready;
  }

  async #analyse(version: number): Promise<Ready> {
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
    await analyse(published);
    const context = Promise.all([serverEvents(published), sourceExtents(published)]).then(
      ([events, extents]) => ({
        events,
        starts: new Map(extents.map(({ source, from }) => [source, from])),
      }),
    );
    return { version, published, context };
  }
}

/** What a format counts. */
function continuityOf(format: string): Continuity {
  return LOG_FORMATS.find((known) => known.id === format)?.continuity ?? 'none';
}
