import { expect, it } from 'vitest';
import { PAGE_ROWS, PageCache } from './page-cache.ts';

/** A source that answers when told to. */
function source() {
  const asked: {
    from: number;
    count: number;
    signal: AbortSignal;
    answer: () => Promise<void>;
    fail: (error: unknown) => Promise<void>;
  }[] = [];
  const fetch = (from: number, count: number, signal: AbortSignal) =>
    new Promise<readonly number[]>((resolve, reject) => {
      asked.push({
        from,
        count,
        signal,
        answer: async () => resolve(Array.from({ length: count }, (_, n) => from + n)),
        fail: async (error) => reject(error),
      });
    });
  return { asked, fetch };
}

const done = () => new Promise((resolve) => setTimeout(resolve, 0));

it('asks for whole pages once, and the last one only as far as it goes', () => {
  const { asked, fetch } = source();
  const cache = new PageCache(fetch, 450, () => undefined);
  cache.want(190, 210);
  cache.want(195, 215);
  cache.want(420, 450);
  expect(asked.map(({ from, count }) => [from, count])).toEqual([
    [0, PAGE_ROWS],
    [200, PAGE_ROWS],
    [400, 50],
  ]);
});

it('gives rows by their number', async () => {
  const { asked, fetch } = source();
  let changes = 0;
  const cache = new PageCache(fetch, 1000, () => changes++);
  cache.want(200, 300);
  expect(cache.row(250)).toBeUndefined();
  await asked[0]?.answer();
  await done();
  expect(cache.row(250)).toBe(250);
  expect(changes).toBe(1);
});

it('cancels what has been scrolled past, and ignores its late answer', async () => {
  const { asked, fetch } = source();
  const cache = new PageCache(fetch, 1_000_000, () => undefined);
  cache.want(0, 30);
  cache.want(500_000, 500_030);
  expect(asked[0]?.signal.aborted).toBe(true);
  await asked[0]?.answer();
  await done();
  expect(cache.row(3)).toBeUndefined();
});

it('keeps the pages that were used last', async () => {
  const { asked, fetch } = source();
  const cache = new PageCache(fetch, 1_000_000, () => undefined);
  for (let page = 0; page < 52; page++) {
    cache.want(page * PAGE_ROWS, page * PAGE_ROWS + 1);
    await asked[page]?.answer();
    await done();
    if (page === 40) cache.want(0, 1);
  }
  expect(cache.row(0)).toBe(0);
  expect(cache.row(PAGE_ROWS)).toBeUndefined();
  expect(cache.row(51 * PAGE_ROWS)).toBe(51 * PAGE_ROWS);
});

it('reports a failure once and asks again when told to', async () => {
  const { asked, fetch } = source();
  const cache = new PageCache(fetch, 1000, () => undefined);
  cache.want(0, 10);
  await asked[0]?.fail({ code: 'store/unreadable', message: 'no' });
  await done();
  expect(cache.error?.code).toBe('store/unreadable');
  cache.want(0, 10);
  expect(asked.length).toBe(1);
  cache.retry();
  cache.want(0, 10);
  expect(asked.length).toBe(2);
});
