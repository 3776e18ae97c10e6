import { describe, expect, it } from 'vitest';
import {
  formatDuration,
  formatStretch,
  formatTime,
  parseMicroseconds,
  timeParts,
  timeTicks,
} from './time.ts';

const MOMENT = Date.UTC(2026, 2, 29, 0, 59, 59, 123) * 1000 + 456;

describe('times', () => {
  it('shows microseconds and the zone', () => {
    expect(formatTime(MOMENT, 'UTC')).toBe('2026-03-29 00:59:59.123456 UTC');
  });

  it('follows the offset that holds at the moment', () => {
    expect(formatTime(MOMENT, 'Europe/Berlin', 'second')).toBe('2026-03-29 01:59:59 +01:00');
    expect(formatTime(MOMENT + 1_000_000, 'Europe/Berlin', 'second')).toBe('2026-03-29 03:00:00 +02:00');
    expect(formatTime(MOMENT, 'America/St_Johns', 'minute')).toBe('2026-03-28 22:29 −02:30');
  });

  it('floors times before 1970', () => {
    expect(timeParts(-1, 'UTC').clock).toBe('23:59:59.999999');
  });

  it('shows an impossible time as what it is', () => {
    expect(timeParts(9e18, 'UTC').date).toContain('µs');
  });

  it.each([
    ['2026-03-29T00:59:59.123456Z', MOMENT],
    ['2026-03-29 00:59:59.123456', MOMENT],
    ['2026-03-29 00:59:59.123456 UTC', MOMENT],
    ['2026-03-29T01:59:59.123456+01:00', MOMENT],
    ['2026-03-29T01:59:59.123456+01', MOMENT],
    ['2026-03-29 00:59', Date.UTC(2026, 2, 29, 0, 59) * 1000],
  ])('reads %s', (text, us) => {
    expect(parseMicroseconds(text)).toBe(us);
  });

  it.each(['', 'yesterday', '2026-13-01 00:00:00', '2026-03-29', '29.03.2026 10:00'])(
    'does not guess at %j',
    (text) => {
      expect(parseMicroseconds(text)).toBeUndefined();
    },
  );
});

describe('stretches', () => {
  it('says a day once, and the zone always', () => {
    expect(formatStretch(MOMENT, MOMENT + 7_200_000_000, 'UTC')).toBe('2026-03-29 00:59 – 02:59 UTC');
    expect(formatStretch(MOMENT, MOMENT + 90_000_000_000, 'UTC')).toBe(
      '2026-03-29 00:59 – 2026-03-30 01:59 UTC',
    );
    expect(formatStretch(MOMENT, MOMENT + 3_600_000_000, 'Europe/Berlin')).toBe(
      '2026-03-29 01:59 +01:00 – 03:59 +02:00',
    );
  });
});

describe('durations', () => {
  it.each([
    [0, '0 s'],
    [900, '900 µs'],
    [240_000, '240 ms'],
    [59_000_000, '59 s'],
    [192_000_000, '3 min 12 s'],
    [93_600_000_000, '1 d 2 h'],
    [-1_480_000, '−1 s'],
  ])('%d µs', (us, text) => {
    expect(formatDuration(us)).toBe(text);
  });
});

describe('ticks', () => {
  it('stands on full units of the zone', () => {
    const from = Date.UTC(2026, 2, 2, 5, 17) * 1000;
    const { ticks } = timeTicks(from, from + 86_400_000_000, 8, 'Asia/Kolkata');
    expect(ticks.length).toBeGreaterThan(2);
    for (const tick of ticks) expect(timeParts(tick, 'Asia/Kolkata', 'second').clock.slice(3)).toBe('00:00');
  });

  it('is never more than asked for', () => {
    for (const width of [5, 5e3, 5e6, 5e9, 5e12, 5e14])
      expect(timeTicks(0, width, 9, 'UTC').ticks.length).toBeLessThanOrEqual(10);
  });
});
