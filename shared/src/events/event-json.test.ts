import { expect, test } from 'vitest';
import { eventJson, isoMicros } from './event-json.ts';

test('an event is one line in the order of the dictionary, without what it does not say', () => {
  const line = eventJson({
    statement: 'SELECT\n1',
    time: 1_794_000_000_123_456,
    format: 'csvlog',
    byte_offset: 10,
    byte_length: 5,
    line: 2,
    flags: [],
    extra: { big: '18446744073709551615' },
  });
  expect(line).toBe(
    '{"time":"2026-11-06T21:20:00.123456Z","byte_offset":10,"byte_length":5,"line":2,"format":"csvlog","statement":"SELECT\\n1","extra":{"big":"18446744073709551615"}}',
  );
});

test('times before 1970 keep their microseconds', () => {
  expect(isoMicros(-1)).toBe('1969-12-31T23:59:59.999999Z');
});
