import { FIELDS } from '@dbwitness/shared/events/fields.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventsPage, eventsView } from '../../host/events.ts';
import { evidenceImport } from '../../host/evidence.ts';
import { bundle } from '../fixtures/bundle.ts';
import { csvLog, type TestCase, testCase } from '../fixtures/engine-kit.ts';
import { readersInThreads } from './read-in-threads.ts';

let worker: string;
const made: TestCase[] = [];
beforeAll(async () => {
  worker = await bundle('import/worker.ts', 'import-worker');
}, 60_000);
afterAll(async () => {
  for (const one of made) await one.close();
});

async function caseWith(options: Parameters<typeof testCase>[0]): Promise<TestCase> {
  const one = await testCase(options);
  made.push(one);
  return one;
}

async function lastPage({ engine }: TestCase) {
  const { view, rows } = await engine.request(eventsView, { filter: { clauses: [] } });
  return engine.request(eventsPage, {
    view,
    from: Math.max(0, rows - 500),
    count: 500,
    fields: FIELDS.map((field) => field.name),
  });
}

test('reading in threads gives what reading here gives', async () => {
  const log = csvLog(20_000);
  const here = await caseWith({});
  const threads = await caseWith({ readers: readersInThreads(worker) });
  const results = await Promise.all([here, threads].map((one) => one.import(one.write('a.csv', log))));
  const [a, b] = results.map(({ exhibits, error }) => ({
    error,
    records: exhibits[0]?.records,
    ranges: exhibits[0]?.ranges,
    sha256: exhibits[0]?.sha256,
  }));
  expect(a?.error).toBeUndefined();
  expect(b).toEqual(a);
  expect(await lastPage(threads)).toEqual(await lastPage(here));
});

test('a thread that was given up does not harm the next file', async () => {
  const one = await caseWith({ readers: readersInThreads(worker) });
  const wrong = await one.import(one.write('a.csv', csvLog(50)), { format: 'server-audit' });
  expect(wrong.error?.code).toBe('intake/wrong-format');
  const abort = new AbortController();
  const file = one.engine.files.add(one.write('b.csv', csvLog(9000)));
  await expect(
    one.engine.request(
      evidenceImport,
      { items: [{ file }] },
      { signal: abort.signal, onProgress: () => abort.abort() },
    ),
  ).rejects.toThrow(/abort/i);
  const right = await one.import(one.write('c.csv', csvLog(60)));
  expect(right.exhibits[0]?.records).toBe(60);
});
