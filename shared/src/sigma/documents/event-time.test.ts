import { expect, test } from 'vitest';
import { epochMicros, timeReader } from './event-time.ts';

const AT = Date.UTC(2026, 0, 5, 10) * 1000;

test('a number is seconds, milliseconds, microseconds or nanoseconds by its magnitude, to the microsecond', () => {
  expect(
    ['1767607200', '1767607200.123456789', '1767607200000', '1767607200000000', '1767607200000000999'].map(
      epochMicros,
    ),
  ).toEqual([AT, AT + 123456, AT, AT, AT]);
  expect(['100000000', '100000000000', '9007199254740991', '9007199254740992'].map(epochMicros)).toEqual([
    1e14,
    1e14,
    Number.MAX_SAFE_INTEGER,
    undefined,
  ]);
});

test('other numbers are no time: nobody guesses', () => {
  for (const text of [
    '',
    '0',
    '99999999',
    '100000000000000000000',
    '-1767607200',
    '1767607200e0',
    '0x5',
    ' 1767607200',
  ])
    expect(epochMicros(text), text).toBeUndefined();
});

test('the first usual field that can be read says when an event happened', () => {
  const read = timeReader();
  expect(read({ ts: 1767607200, '@timestamp': 'soon', Timestamp: '2026-01-05T11:00:00+01:00' })).toBe(AT);
  expect(read({ event: { created: '2026-01-05 10:00:00 +0000' } })).toBe(AT);
  expect(
    read({
      Event: { System: { TimeCreated: { '#attributes': { SystemTime: '2026-01-05T10:00:00.0000000Z' } } } },
    }),
  ).toBe(AT);
  expect(read({ time: '2026-01-05 10:00:00 UTC' })).toBe(AT);
  expect(read({ when: '2026-01-05T10:00:00Z' })).toBeUndefined();
});

test('a field that is named is the only one that counts', () => {
  const read = timeReader({ field: 'a.when' });
  expect(read({ a: { when: '2026-01-05T10:00:00.000001Z' }, time: 1 })).toBe(AT + 1);
  expect(read({ time: '2026-01-05T10:00:00Z' })).toBeUndefined();
});

test('a time without offset counts in a zone that is given, and else not at all', () => {
  const event = { time: '2026-07-05T12:00:00' };
  expect(timeReader()(event)).toBeUndefined();
  expect(timeReader({ zone: 'Europe/Berlin' })(event)).toBe(Date.UTC(2026, 6, 5, 10) * 1000);
  // Clocks went from 2 to 3 on 29 March 2026.
  expect(timeReader({ zone: 'Europe/Berlin' })({ time: '2026-03-29T02:30:00' })).toBeUndefined();
});
