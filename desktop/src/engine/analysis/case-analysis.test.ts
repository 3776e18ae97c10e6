import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Progress } from '../../host/request.ts';
import { sessionFilterSchema, sessionsList } from '../../host/sessions.ts';
import { timelineGaps } from '../../host/timeline.ts';
import { csvLine, type TestCase, testCase } from '../fixtures/engine-kit.ts';

let made: TestCase;
beforeAll(async () => {
  made = await testCase();
  await made.import(made.write('a.csv', csvLine({ at: 0, seq: 1, message: 'statement: SELECT 1' })));
}, 60_000);
afterAll(() => made.close());

const ALL = { filter: sessionFilterSchema.parse({}), offset: 0, limit: 10 };

test('whoever leaves stops nobody else, and what all have left is begun anew', async () => {
  const left = new AbortController();
  const leaving = made.engine.request(sessionsList, ALL, { signal: left.signal });
  left.abort(new Error('left'));
  await expect(leaving).rejects.toThrow();
  const left2 = new AbortController();
  const both = [
    made.engine.request(sessionsList, ALL, { signal: left2.signal }),
    made.engine.request(sessionsList, ALL),
  ] as const;
  left2.abort(new Error('left'));
  await expect(both[0]).rejects.toThrow();
  expect((await both[1]).total).toBe(1);
});

test('the first who ask hear how far it is, later ones get the answer at once', async () => {
  // The events change by this: what was worked out no longer holds.
  await made.import(made.write('b.csv', csvLine({ at: 9, seq: 2, message: 'statement: SELECT 2' })));
  const heard: Progress[] = [];
  const onProgress = (progress: Progress) => heard.push(progress);
  await made.engine.request(timelineGaps, {}, { onProgress });
  expect(new Set(heard.map(({ phase }) => phase))).toEqual(
    new Set(['Putting sessions together', 'Looking for gaps']),
  );
  expect(heard.every(({ done, total }) => done < total)).toBe(true);
  heard.length = 0;
  await made.engine.request(timelineGaps, {}, { onProgress });
  expect(heard).toEqual([]);
});
