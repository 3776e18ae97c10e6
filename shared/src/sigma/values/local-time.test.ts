import { expect, test } from 'vitest';
import { partOf, readTimeText, ZoneClock } from './local-time.ts';

test('wall clocks agree with Intl in every zone, around every change of the clocks', () => {
  for (const zone of [
    'Europe/Berlin',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'Pacific/Apia',
  ]) {
    const clock = new ZoneClock(zone);
    const format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    // A prime number of minutes: every hour of the day and every day of the year has its turn.
    for (let utc = Date.UTC(2009, 0, 1); utc < Date.UTC(2013, 0, 1); utc += 997 * 60_000) {
      const wall = clock.at(utc);
      const two = (part: 'day' | 'month' | 'hour' | 'minute') => String(partOf(wall, part)).padStart(2, '0');
      const shown = `${two('day')}/${two('month')}/${partOf(wall, 'year')}, ${two('hour')}:${two('minute')}`;
      expect(shown, `${zone} ${utc}`).toBe(format.format(utc));
    }
  }
});

test('offsets are zones', () => {
  expect(partOf(new ZoneClock('+05:45').at(Date.UTC(2026, 0, 1, 20)), 'minute')).toBe(45);
  expect(partOf(new ZoneClock('UTC').at(-1), 'year')).toBe(1969);
  expect(() => new ZoneClock('Nowhere/Else')).toThrow(RangeError);
});

test('weeks are those of ISO 8601', () => {
  const weeks = [
    '2024-12-29',
    '2024-12-30',
    '2026-12-31',
    '2027-01-03',
    '2027-01-04',
    '1969-12-29',
    '2000-02-29',
  ];
  expect(weeks.map((day) => partOf(Date.parse(day), 'week'))).toEqual([52, 1, 53, 53, 1, 1, 9]);
});

test('only ISO 8601 is a time, and only days that there are', () => {
  expect(readTimeText('2026-01-05T10:00:00.1234567+01:30')).toEqual({
    millis: Date.UTC(2026, 0, 5, 8, 30, 0, 123),
    micros: 456,
    local: false,
  });
  expect(readTimeText('2026-01-05 10:00')).toEqual({
    millis: Date.UTC(2026, 0, 5, 10),
    micros: 0,
    local: true,
  });
  for (const text of [
    '2026-02-29',
    '2026-01-05T24:00',
    '2026-01-05T10',
    '2026-01-05Z',
    '05.01.2026',
    '2026-01-05T10:00:00+1',
  ])
    expect(readTimeText(text), text).toBeUndefined();
});
