import { createEngine, type Engine } from '@dbwitness/desktop/engine/engine.ts';
import { casesOpen } from '@dbwitness/desktop/host/cases.ts';
import { eventsPage, eventsView } from '@dbwitness/desktop/host/events.ts';
import type { Filter } from '@dbwitness/desktop/host/filter.ts';
import { timelineFacets, timelineHistogram } from '@dbwitness/desktop/host/timeline.ts';
import { median, percentile } from './measure.ts';
import type { Result } from './result.ts';

const BINS = 1000;
const PAGE = 200;
const FIELDS = ['time', 'class', 'user', 'client_ip', 'database', 'action', 'object', 'statement'];
const REPEATS = 40;

/** A generator with a seed: the same zooms in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Timeline zooms, filters and pages over an imported case, as the workbench asks for them. */
export async function queryBench(casesDir: string, ref: string): Promise<readonly Result[]> {
  const engine = createEngine({ casesDir, profileDir: `${casesDir}/.profile` });
  try {
    const { span, events } = await engine.request(casesOpen, { ref });
    if (span === undefined) throw new Error('the case holds no events');
    const random = seeded(7);
    const values = await filterValues(engine);
    const zooms: number[] = [];
    const filters: number[] = [];
    const pages: number[] = [];
    for (let i = 0; i < REPEATS; i += 1) {
      const length = (span.to - span.from) * 10 ** (-3 * random());
      const from = span.from + random() * (span.to - span.from - length);
      zooms.push(await timed(() => histogram(engine, { from, to: from + length, clauses: [] })));
      const value = values[Math.floor(random() * values.length)];
      if (value === undefined) continue;
      const clauses = [
        {
          id: 'a',
          field: value.field,
          operator: 'is' as const,
          values: [value.value],
          negated: random() < 0.3,
        },
      ];
      const filter: Filter = random() < 0.5 ? { clauses } : { clauses, from, to: from + length };
      filters.push(await timed(() => histogram(engine, filter)));
    }
    const { view, rows } = await engine.request(eventsView, { filter: { clauses: [] } });
    for (let i = 0; i < REPEATS; i += 1) {
      const from = Math.floor(random() * Math.max(1, rows - PAGE));
      pages.push(await timed(() => engine.request(eventsPage, { view, from, count: PAGE, fields: FIELDS })));
    }
    return [
      answer(`${millions(events)} M events: timeline zoom`, zooms, 300),
      answer(`${millions(events)} M events: timeline under a filter`, filters, 300),
      answer(`${millions(events)} M events: a page of ${PAGE} rows`, pages, 100),
    ];
  } finally {
    await engine.close();
  }
}

function histogram(engine: Engine, filter: Filter) {
  return engine.request(timelineHistogram, { filter, bins: BINS, split: 'class' });
}

/** Values to filter by: what the facets of the case offer. */
async function filterValues(
  engine: Engine,
): Promise<readonly { readonly field: string; readonly value: string }[]> {
  const facets = await engine.request(timelineFacets, {
    filter: { clauses: [] },
    fields: ['user', 'database', 'action', 'client_ip', 'result', 'object'],
    limit: 20,
  });
  return facets.flatMap(({ field, values }) => values.map(({ value }) => ({ field, value })));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function answer(name: string, times: readonly number[], bar: number): Result {
  const p95 = percentile(times, 0.95);
  return {
    name,
    value: `${Math.round(median(times))} ms median, ${Math.round(p95)} ms p95`,
    bar: `≤ ${bar} ms p95`,
    met: p95 <= bar,
    figures: { medianMs: median(times), p95Ms: p95 },
  };
}

function millions(events: number): string {
  return (events / 1e6).toFixed(1);
}
