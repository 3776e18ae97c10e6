import { expect, test } from 'vitest';
import { type BrokenEvent, readEvents } from './read-events.ts';

/** What is read of a text that comes in pieces of so many characters. */
async function read(text: string, size = 3): Promise<unknown> {
  const broken: BrokenEvent[] = [];
  const events: unknown[] = [];
  async function* pieces() {
    for (let i = 0; i < text.length; i += size) yield text.slice(i, i + size);
  }
  for await (const { fields, line } of readEvents(pieces(), (found) => broken.push(found)))
    events.push([line, fields]);
  return { events, broken: broken.map(({ place, message }) => [place, message.split(':')[0]]) };
}

test('lines are events; those that are not are told with their number', async () => {
  const text = '\ufeff{"a":1}\r\n\n{"a":\n7\n{"a":9007199254740993}\n[1]\n{"b":"\u2028"}';
  for (const size of [1, 7, 1000])
    expect(await read(text, size)).toEqual({
      events: [
        [1, { a: 1 }],
        [5, { a: 9007199254740993n }],
        [7, { b: '\u2028' }],
      ],
      broken: [
        [{ line: 3 }, 'no JSON'],
        [{ line: 4 }, 'no JSON object'],
        [{ line: 6 }, 'no JSON object'],
      ],
    });
});

test('the end of a line is no part of what is told', async () => {
  const broken: BrokenEvent[] = [];
  async function* piece() {
    yield 'not json\r\n';
  }
  for await (const _ of readEvents(piece(), (found) => broken.push(found)));
  expect(broken.map(({ message }) => message)).toEqual([expect.stringMatching(/^no JSON: [^\r]*$/)]);
});

test('one array of objects is events too', async () => {
  expect(await read(' [\n {"a": 1},\n 5, {"a": 2}]')).toEqual({
    events: [
      [undefined, { a: 1 }],
      [undefined, { a: 2 }],
    ],
    broken: [[{ member: 2 }, 'no JSON object']],
  });
  expect(await read('[{"a": 1}, ')).toEqual({ events: [], broken: [[{ line: 1 }, 'no JSON']] });
});

test('nothing is nothing', async () => {
  expect(await read('')).toEqual({ events: [], broken: [] });
  expect(await read(' \n\n')).toEqual({ events: [], broken: [] });
});
