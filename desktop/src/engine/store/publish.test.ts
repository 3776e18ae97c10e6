import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventsPage, eventsView } from '../../host/events.ts';
import { CSV_START, csvLine, type TestCase, testCase } from '../fixtures/engine-kit.ts';

let made: TestCase;
beforeEach(async () => {
  made = await testCase();
});
afterEach(() => made.close());

/** More distinct values than are looked up in a list, and more than fit an ENUM of two bytes together with the other file's. */
const COUNT = 40_000;

/** Records that differ in message, time and parameters, the first `from` milliseconds after the start. */
function varied(name: string, from: number, step: number): string {
  const lines: string[] = [];
  for (let i = 0; i < COUNT; i++)
    lines.push(
      csvLine({
        at: from + i * step,
        seq: i + 1,
        message:
          i % 2 === 0
            ? `${name} says ${i}`
            : `AUDIT: SESSION,${i},1,READ,SELECT,TABLE,hr.pay,SELECT * FROM hr.pay WHERE id = $1,"${name} ""${i}"",x"`,
      }),
    );
  return lines.join('');
}

test('records of two files with ever new values get their own values, in the order of time', async () => {
  mkdirSync(join(made.folder, 'logs'));
  made.write('logs/a.csv', varied('a', 0, 100));
  made.write('logs/b.csv', varied('b', 50, 100));
  await made.import(join(made.folder, 'logs'));
  // A further publish takes the records over.
  await made.import(made.write('c.csv', csvLine({ at: COUNT * 100 + 50, message: 'c says 0' })));
  const { view, rows } = await made.engine.request(eventsView, { filter: { clauses: [] }, sort: undefined });
  expect(rows).toBe(2 * COUNT + 1);
  const fields = ['time_raw', 'message', 'parameters', 'event_id'];
  for (const from of [0, COUNT - 150, 2 * COUNT - 299]) {
    const page = await made.engine.request(eventsPage, { view, from, count: 300, fields });
    expect(page).toEqual(
      Array.from({ length: 300 }, (_, offset) => {
        const row = from + offset;
        const [exhibit, name] =
          row === 2 * COUNT ? ['E003', 'c'] : row % 2 === 0 ? ['E001', 'a'] : ['E002', 'b'];
        const i = row === 2 * COUNT ? 0 : Math.floor(row / 2);
        const time = CSV_START + row * 50_000 + (row === 2 * COUNT ? 50_000 : 0);
        const time_raw = new Date(time / 1000).toISOString().replace('T', ' ').replace('Z', ' UTC');
        return expect.objectContaining({
          event_id: `${exhibit}:${i}`,
          time_raw,
          ...(i % 2 === 0 ? { message: `${name} says ${i}` } : { parameters: [`${name} "${i}"`, 'x'] }),
        });
      }),
    );
  }
}, 60_000);

test('texts that are no texts elsewhere are kept: NUL, half a surrogate pair, quotes and lines', async () => {
  const statement = 'SELECT \\u0000, \\ud800 FROM "a\\"b"\\n';
  const line = `{"timestamp":"2026-03-02 10:00:00.000 UTC","user":"a\\u0001\\ud800","pid":1,"session_id":"65e2a000.1","line_num":1,"error_severity":"LOG","message":"statement: ${statement.replaceAll('"a\\"b"', '\\"a\\\\b\\"')}","backend_type":"client backend"}\n`;
  await made.import(made.write('a.json', line));
  const { view } = await made.engine.request(eventsView, { filter: { clauses: [] }, sort: undefined });
  const fields = ['user', 'statement'];
  const [row] = await made.engine.request(eventsPage, { view, from: 0, count: 1, fields });
  expect(row).toMatchObject({ user: 'a\u0001\ufffd', statement: 'SELECT \0, \ufffd FROM "a\\b"\n' });
});
