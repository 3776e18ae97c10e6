import { createEngine, type Engine } from '@dbwitness/desktop/engine/engine.ts';
import { casesOpen } from '@dbwitness/desktop/host/cases.ts';
import { eventsLocate, eventsPage, eventsView } from '@dbwitness/desktop/host/events.ts';
import type { Filter, Sort } from '@dbwitness/desktop/host/filter.ts';
import { timelineFacets, timelineHistogram } from '@dbwitness/desktop/host/timeline.ts';
import { median, percentile } from './measure.ts';
import { filtersOf, seeded } from './query-load.ts';
import type { Result } from './result.ts';

const BINS = 1000;
const PAGE = 200;
const FIELDS = [
  'event_id',
  'message',
  'time',
  'class',
  'user',
  'client_ip',
  'database',
  'action',
  'object',
  'statement',
];
const FACETS = [
  'class',
  'user',
  'client_ip',
  'action',
  'object',
  'database',
  'server',
  'result',
  'flags',
  'application',
  'exhibit',
];
const REPEATS = 40;
/** How far apart widest and narrowest zoom are, in powers of ten. */
const SCALES = 4;
const SORTED_BY = ['user', 'rows', 'object', 'event_id'];

/**
 * What the workbench asks of an imported case, one question after the other: zooms at all scales, filters of every kind when
 * they are new and while one zooms under them, lists, pages, facets. Each filter is asked for the first time, so that
 * nothing is answered from memory but what the workbench would find there too.
 */
export async function queryBench(casesDir: string, ref: string): Promise<readonly Result[]> {
  const engine = createEngine({ casesDir, profileDir: `${casesDir}/.profile` });
  try {
    const { span, events } = await engine.request(casesOpen, { ref });
    if (span === undefined) throw new Error('the case holds no events');
    const random = seeded(7);
    const zoomed = (filter: Filter): Filter => {
      const length = (span.to - span.from) * 10 ** (-SCALES * random());
      const from = span.from + random() * (span.to - span.from - length);
      return { ...filter, from, to: from + length };
    };
    const filters = await filtersOf(engine, random);
    const times = new Times();
    const pages = async (filter: Filter, count: number, sort?: Sort) => {
      const name = sort === undefined ? 'list of the events that a filter leaves' : 'list sorted anew';
      const { view, rows } = await times.take(name, () => engine.request(eventsView, { filter, sort }));
      for (let i = 0; i < count; i += 1) {
        const from = Math.floor(random() * Math.max(1, rows - PAGE));
        await times.take('page', () =>
          engine.request(eventsPage, { view, from, count: PAGE, fields: FIELDS }),
        );
      }
      const time = span.from + random() * (span.to - span.from);
      await times.take('jump to a time', () => engine.request(eventsLocate, { view, time }));
    };
    for (const split of ['class', 'user', 'result'])
      for (let i = 0; i < REPEATS; i += 1)
        await times.take('zoom', () => histogram(engine, zoomed({ clauses: [] }), split));
    await pages({ clauses: [] }, REPEATS);
    for (const { filter } of filters) {
      await times.take('new filter', () => histogram(engine, filter));
      await times.take('zoom under a filter', () => histogram(engine, zoomed(filter)));
      await pages(filter, 1);
      await times.take('facets', () => engine.request(timelineFacets, { filter, fields: FACETS, limit: 8 }));
    }
    for (const field of SORTED_BY) await pages({ clauses: [] }, 3, { field, direction: 'descending' });
    const of = (name: string, title: string, bar: number) =>
      answer(`${millions(events)} M events: ${title}`, times.of(name), bar);
    return [
      of('zoom', 'timeline zoom', 300),
      of('new filter', 'timeline, a filter not asked before', 300),
      of('zoom under a filter', 'timeline, zoom under a filter', 300),
      of('page', `a page of ${PAGE} rows`, 100),
      of('jump to a time', 'jump to a time in the list', 300),
      of('list of the events that a filter leaves', 'list under a filter', 300),
      of('list sorted anew', 'whole list sorted anew', 5000),
      of('facets', `${FACETS.length} facets under a filter`, 1000),
    ];
  } finally {
    await engine.close();
  }
}

function histogram(engine: Engine, filter: Filter, split = 'class') {
  return engine.request(timelineHistogram, { filter, bins: BINS, split });
}

/** Times of questions in ms, by what was asked. */
class Times {
  readonly #taken = new Map<string, number[]>();

  async take<T>(name: string, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    const result = await work();
    const taken = this.#taken.get(name) ?? [];
    taken.push(performance.now() - start);
    this.#taken.set(name, taken);
    return result;
  }

  of(name: string): readonly number[] {
    return this.#taken.get(name) ?? [];
  }
}

function answer(name: string, times: readonly number[], bar: number): Result {
  const p95 = percentile(times, 0.95);
  return {
    name,
    value: `${Math.round(median(times))} ms median, ${Math.round(p95)} ms p95 of ${times.length}`,
    bar: `≤ ${bar} ms p95`,
    met: p95 <= bar,
    figures: { medianMs: median(times), p95Ms: p95 },
  };
}

function millions(events: number): string {
  return (events / 1e6).toFixed(1);
}
