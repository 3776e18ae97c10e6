import { describe, expect, it } from 'vitest';
import { Moments } from './moments.ts';

describe('moments of a report', () => {
  it('keep every microsecond and no zero that says nothing', () => {
    const moments = new Moments('UTC');
    expect(moments.micros(1_772_000_000_123_456)).toEqual({ utc: '2026-02-25T06:13:20.123456Z' });
    expect(moments.micros(1_772_000_000_500_000)).toEqual({ utc: '2026-02-25T06:13:20.5Z' });
    expect(moments.micros(1_772_000_000_000_000)).toEqual({ utc: '2026-02-25T06:13:20Z' });
  });

  it('show the report’s zone with the offset that held then', () => {
    const moments = new Moments('Europe/Berlin');
    expect(moments.text('2026-01-15T23:30:00Z').local).toBe('2026-01-16T00:30:00+01:00');
    expect(moments.text('2026-07-15T12:00:00.25Z').local).toBe('2026-07-15T14:00:00.25+02:00');
    expect(new Moments('Asia/Kathmandu').text('2026-07-15T12:00:00Z').local).toBe(
      '2026-07-15T17:45:00+05:45',
    );
  });

  it('place times before 1970', () => {
    expect(new Moments('UTC').micros(-1)).toEqual({ utc: '1969-12-31T23:59:59.999999Z' });
  });
});
