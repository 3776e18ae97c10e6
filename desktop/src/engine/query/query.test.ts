import { FIELDS } from '@dbwitness/shared/events/fields.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EventRow, eventsLocate, eventsPage, eventsView } from '../../host/events.ts';
import type { Clause, Filter, Sort } from '../../host/filter.ts';
import { timelineFacets, timelineHistogram } from '../../host/timeline.ts';
import { CSV_START, csvLog, type TestCase, testCase } from '../fixtures/engine-kit.ts';

const COUNT = 1000;
const ALL_FIELDS = FIELDS.map((field) => field.name).filter((name) => name !== 'raw');
let made: TestCase;
/** Every event in time order, with all its fields: what the filters are checked against. */
let events: readonly EventRow[];

beforeAll(async () => {
  made = await testCase();
  await made.import(made.write('a.csv', csvLog(COUNT)));
  events = await rowsOf({ clauses: [] });
}, 60_000);
afterAll(() => made.close());

async function rowsOf(filter: Filter, sort?: Sort, fields: string[] = ALL_FIELDS): Promise<EventRow[]> {
  const { view, rows } = await made.engine.request(eventsView, { filter, sort });
  const all: EventRow[] = [];
  for (let from = 0; from < rows; from += 300)
    all.push(...(await made.engine.request(eventsPage, { view, from, count: 300, fields })));
  return all;
}

const ids = (rows: readonly EventRow[]) => rows.map((row) => row.event_id);

function clause(field: string, operator: Clause['operator'], values: string[], negated = false): Clause {
  return { id: field, field, operator, values, negated };
}

const text = (row: EventRow, field: string) => (typeof row[field] === 'string' ? row[field] : undefined);
const list = (row: EventRow, field: string) => (Array.isArray(row[field]) ? (row[field] as string[]) : []);

// Each clause with what it means, in plain JavaScript over the events as they are shown.
const CASES: readonly (readonly [string, Clause[], (row: EventRow) => boolean])[] = [
  ['text is', [clause('user', 'is', ['alice'])], (row) => row.user === 'alice'],
  [
    'text is one of',
    [clause('user', 'is', ['alice', 'dba', 'nobody'])],
    (row) => row.user === 'alice' || row.user === 'dba',
  ],
  ['text is not', [clause('error_code', 'is', ['42501'], true)], (row) => row.error_code !== '42501'],
  [
    'text contains, any case',
    [clause('object', 'contains', ['CUSTOM'])],
    (row) => text(row, 'object')?.includes('custom') === true,
  ],
  [
    'text starts',
    [clause('session', 'starts', ['65E2A000.3'])],
    (row) => text(row, 'session')?.startsWith('65e2a000.3') === true,
  ],
  [
    'text matches',
    [clause('message', 'matches', ['denied for .*pay'])],
    (row) => /denied for .*pay/.test(text(row, 'message') ?? ''),
  ],
  ['number at least', [clause('session_seq', 'at_least', ['990'])], (row) => Number(row.session_seq) >= 990],
  [
    'number at most, with a fraction',
    [clause('session_seq', 'at_most', ['9.5'])],
    (row) => Number(row.session_seq) <= 9.5,
  ],
  [
    'statement is',
    [clause('statement', 'is', ['SELECT * FROM hr.pay WHERE id = 8'])],
    (row) => row.statement === 'SELECT * FROM hr.pay WHERE id = 8',
  ],
  [
    'statement contains',
    [clause('statement', 'contains', ['update hr'])],
    (row) => text(row, 'statement')?.toLowerCase().includes('update hr') === true,
  ],
  [
    'statement does not contain',
    [clause('statement', 'contains', ['update'], true)],
    (row) => text(row, 'statement')?.toLowerCase().includes('update') !== true,
  ],
  [
    'object of the statement',
    [clause('objects', 'is', ['hr.pay'])],
    (row) => list(row, 'objects').some((object) => object.split(' ')[1] === 'hr.pay'),
  ],
  ['column', [clause('columns', 'is', ['note'])], (row) => list(row, 'columns').includes('note')],
  ['flag', [clause('flags', 'is', ['bulk_read'])], (row) => list(row, 'flags').includes('bulk_read')],
  [
    'flag in part',
    [clause('flags', 'contains', ['bulk'])],
    (row) => list(row, 'flags').some((flag) => flag.includes('bulk')),
  ],
  ['exists', [clause('error_code', 'exists', [])], (row) => row.error_code !== undefined],
  ['exists not', [clause('statement', 'exists', [], true)], (row) => row.statement === undefined],
  [
    'time at least',
    [clause('time', 'at_least', ['2026-03-02T10:04:00Z'])],
    (row) => String(row.time) >= '2026-03-02T10:04:00',
  ],
  [
    'extra contains',
    [clause('extra', 'contains', ['"pgaudit_class":"write"'])],
    (row) => text(row, 'extra')?.includes('"pgaudit_class":"WRITE"') === true,
  ],
  ['event', [clause('event_id', 'is', ['E001:17'])], (row) => row.event_id === 'E001:17'],
  [
    'several',
    [clause('user', 'is', ['bob']), clause('class', 'is', ['data_write'])],
    (row) => row.user === 'bob' && row.class === 'data_write',
  ],
];

test.each(CASES)('filter: %s', async (_, clauses, meets) => {
  const expected = events.filter(meets);
  expect(expected.length).toBeGreaterThan(0);
  expect(expected.length).toBeLessThan(COUNT);
  expect(ids(await rowsOf({ clauses }))).toEqual(ids(expected));
});

test('hostile values in filters are only values', async () => {
  for (const value of [`' OR 1=1 --`, `"; DROP TABLE record; --`, 'a\0b', '%', '_', '\\', '$1', '?'])
    for (const operator of ['is', 'contains', 'starts'] as const)
      expect(await rowsOf({ clauses: [clause('user', operator, [value])], text: undefined })).toEqual([]);
  expect(await rowsOf({ clauses: [], text: `x' OR '1'='1` })).toEqual([]);
});

test('free text looks at statement, message and object', async () => {
  const needle = 'PAY';
  const expected = events.filter((row) =>
    ['statement', 'message', 'object'].some((field) => text(row, field)?.toUpperCase().includes(needle)),
  );
  expect(ids(await rowsOf({ clauses: [], text: needle }))).toEqual(ids(expected));
});

test('a stretch of time is half open', async () => {
  const from = CSV_START + 10 * 250_000;
  const to = CSV_START + 20 * 250_000;
  expect(ids(await rowsOf({ clauses: [], from, to }))).toEqual(ids(events.slice(10, 20)));
});

test('a stretch of time of a text filter is cut out of what the text leaves', async () => {
  const from = CSV_START + 200 * 250_000;
  const to = CSV_START + 600 * 250_000;
  const within = events.slice(200, 600).filter((row) => text(row, 'statement')?.includes('hr.pay'));
  const filter = { clauses: [clause('statement', 'contains', ['HR.PAY'])], from, to };
  const { view, rows } = await made.engine.request(eventsView, { filter });
  expect(rows).toBe(within.length);
  expect(ids(await rowsOf(filter))).toEqual(ids(within));
  expect(ids(await rowsOf(filter, { field: 'time', direction: 'descending' }))).toEqual(
    ids([...within].reverse()),
  );
  const locate = (event: unknown) => made.engine.request(eventsLocate, { view, event: String(event) });
  expect(await locate(within[3]?.event_id)).toBe(3);
  const before = events.slice(0, 200).find((row) => text(row, 'statement')?.includes('hr.pay'));
  expect(await locate(before?.event_id)).toBe(-1);
  for (const split of ['class', 'user']) {
    const counted = await made.engine.request(timelineHistogram, { filter, bins: 10, split });
    expect(counted.total).toBe(within.length);
  }
  const [facet] = await made.engine.request(timelineFacets, { filter, fields: ['action'], limit: 50 });
  expect(facet?.values.reduce((sum, { count }) => sum + count, 0)).toBe(within.length);
});

test('sorted views page through every event once, ties in time order', async () => {
  const sorted = await rowsOf({ clauses: [] }, { field: 'user', direction: 'descending' });
  const order = ['dba', 'bob', 'alice'];
  const expected = order.flatMap((user) => events.filter((row) => row.user === user));
  expect(ids(sorted)).toEqual(ids(expected));
  const bySeq = await rowsOf(
    { clauses: [clause('user', 'is', ['bob'])] },
    { field: 'statement', direction: 'ascending' },
    ['statement'],
  );
  const statements = bySeq.flatMap((row) => (typeof row.statement === 'string' ? [row.statement] : []));
  expect(statements).toEqual([...statements].sort());
  expect(bySeq.at(-1)?.statement).toBeUndefined();
});

test('locate finds times and events in any view', async () => {
  const all = await made.engine.request(eventsView, { filter: { clauses: [] } });
  expect(await made.engine.request(eventsLocate, { view: all.view, time: CSV_START + 250_001 })).toBe(2);
  expect(await made.engine.request(eventsLocate, { view: all.view, event: 'E001:42' })).toBe(42);
  expect(await made.engine.request(eventsLocate, { view: all.view, event: 'E009:1' })).toBe(-1);
  const bob = await made.engine.request(eventsView, { filter: { clauses: [clause('user', 'is', ['bob'])] } });
  expect(await made.engine.request(eventsLocate, { view: bob.view, event: 'E001:4' })).toBe(1);
  expect(await made.engine.request(eventsLocate, { view: bob.view, event: 'E001:5' })).toBe(-1);
  expect(await made.engine.request(eventsLocate, { view: bob.view, time: CSV_START + 5 * 250_000 })).toBe(2);
  const stretch = await made.engine.request(eventsView, {
    filter: { clauses: [], from: CSV_START + 10 * 250_000 },
  });
  expect(await made.engine.request(eventsLocate, { view: stretch.view, event: 'E001:12' })).toBe(2);
  expect(await made.engine.request(eventsLocate, { view: stretch.view, event: 'E001:3' })).toBe(-1);
});

test.each([5, 100, 1000])(
  'the histogram of %i bins counts every event in its bin and class',
  async (bins) => {
    const found = await made.engine.request(timelineHistogram, {
      filter: { clauses: [] },
      bins,
      split: 'class',
    });
    expect(found.total).toBe(COUNT);
    for (const [k, key] of found.keys.entries()) {
      const expected = new Array<number>(bins).fill(0);
      for (const [i, row] of events.entries()) {
        if ((row.class ?? '(none)') !== key) continue;
        const bin = Math.floor((CSV_START + i * 250_000 - found.from) / found.bin);
        expected[bin] = (expected[bin] ?? 0) + 1;
      }
      expect(found.series[k]).toEqual(expected);
    }
  },
);

test('the histogram of a filter counts what the filter leaves', async () => {
  const filter = { clauses: [clause('user', 'is', ['dba'])], from: CSV_START, to: CSV_START + 100_000_000 };
  const { total } = await made.engine.request(timelineHistogram, { filter, bins: 7, split: 'result' });
  expect(total).toBe(events.slice(0, 400).filter((row) => row.user === 'dba').length);
});

test('facets count values, others and absent ones', async () => {
  const facets = await made.engine.request(timelineFacets, {
    filter: { clauses: [] },
    fields: ['user', 'error_code', 'flags', 'statement'],
    limit: 2,
  });
  const users = (user: string) => events.filter((row) => row.user === user).length;
  expect(facets[0]).toEqual({
    field: 'user',
    values: [
      { value: 'alice', count: users('alice') },
      { value: 'bob', count: users('bob') },
    ],
    others: users('dba'),
    absent: 0,
  });
  const denied = events.filter((row) => row.error_code !== undefined).length;
  expect(facets[1]).toEqual({
    field: 'error_code',
    values: [{ value: '42501', count: denied }],
    others: 0,
    absent: COUNT - denied,
  });
  expect(facets[2]?.absent).toBe(events.filter((row) => row.flags === undefined).length);
  expect(facets[3]?.absent).toBe(events.filter((row) => row.statement === undefined).length);
});
