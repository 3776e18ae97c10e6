import { expect, test } from 'vitest';
import type { Input } from './command.ts';
import { fieldOption, formatOption, oneOf, wholeNumber, zoneOption } from './option-values.ts';

const given = (value?: string): Input => ({
  positionals: [],
  text: () => value,
  all: () => (value === undefined ? [] : [value]),
  on: () => false,
});

test('what is not given is undefined, whatever it would have to be', () => {
  expect(wholeNumber(given(), 'port', { most: 65_535 })).toBeUndefined();
  expect(oneOf(given(), 'form', ['zip'])).toBeUndefined();
  expect(zoneOption(given(), 'zone')).toBeUndefined();
});

test.each(['x', '', '1.5', '70000', '-1', '1e3', '0x10'])('%j is no port', (written) => {
  expect(() => wholeNumber(given(written), 'port', { most: 65_535 })).toThrow(
    `--port takes a whole number from 0 to 65535, not “${written}”.`,
  );
});

test('a sign is part of a number where the bounds allow it', () => {
  expect(wholeNumber(given('-1500'), 'offset', { least: -5000, most: 5000 })).toBe(-1500);
});

test('a wrong word is told with the right ones', () => {
  expect(() => oneOf(given('tar'), 'form', ['zip', 'folder'])).toThrow(
    '--form takes zip or folder, not “tar”.',
  );
  expect(() => formatOption(given('csv'))).toThrow(
    '--format takes csvlog, jsonlog, stderr or server-audit, not “csv”.',
  );
  expect(() => fieldOption(given('usr'), 'by')).toThrow(/“usr” is none\. The fields are event_id, time,/);
});

test.each(['Europe/Berlin', '+02:00', 'UTC'])('%s is a zone', (zone) => {
  expect(zoneOption(given(zone), 'timezone')).toBe(zone);
});

test('a place that is no zone is refused', () => {
  expect(() => zoneOption(given('Nowhere/City'), 'timezone')).toThrow('not “Nowhere/City”');
});
