import { describe, expect, it } from 'vitest';
import { Observations } from '../observations.ts';
import { LogClock, wallClock } from './log-clock.ts';
import { zoneNamed } from './zone.ts';

function read(stamp: string, zone?: string) {
  const observations = new Observations();
  const clock = new LogClock(zone, observations);
  const fits = stamp.charAt(4) === '-' ? clock.readIso(stamp, 0, stamp.length) : clock.readCompact(stamp, 0);
  if (fits) clock.noteDoubt(stamp, 1, 0);
  const iso = clock.time === undefined ? undefined : new Date(clock.time / 1000).toISOString();
  return {
    fits,
    iso: fits ? iso : undefined,
    basis: clock.basis,
    doubt: clock.doubt,
    codes: observations.problems().map(({ code }) => code),
  };
}

describe('time stamps', () => {
  it.each([
    ['2026-11-20 06:59:20.245 UTC', '2026-11-20T06:59:20.245Z'],
    ['2026-11-20 06:59:20 GMT', '2026-11-20T06:59:20.000Z'],
    ['2026-11-20 07:59:20.245 CET', '2026-11-20T06:59:20.245Z'],
    ['2026-07-01 07:59:20.245 CEST', '2026-07-01T05:59:20.245Z'],
    ['2026-11-20 03:59:31 -03', '2026-11-20T06:59:31.000Z'],
    ['2026-11-20 12:29:31.1 +0530', '2026-11-20T06:59:31.100Z'],
    ['2024-02-29 00:00:00 UTC', '2024-02-29T00:00:00.000Z'],
    ['2016-12-31 23:59:60 UTC', '2017-01-01T00:00:00.000Z'],
    ['0001-01-01 00:00:00 UTC', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31 23:59:59 UTC', '9999-12-31T23:59:59.000Z'],
  ])('reads %s', (stamp, iso) => {
    expect(read(stamp)).toMatchObject({ fits: true, iso, basis: 'in record', codes: [] });
  });

  it('keeps microseconds', () => {
    const clock = new LogClock(undefined, new Observations());
    clock.readIso('2026-11-20 06:59:20.245678 UTC', 0, 30);
    expect((clock.time ?? 0) % 1_000_000).toBe(245_678);
  });

  it.each([
    '2026-13-01 00:00:00 UTC',
    '2026-02-29 00:00:00 UTC',
    '2026-01-01 24:00:00 UTC',
    '0000-01-01 00:00:00 UTC',
    '20261301 00:00:00',
  ])('gives no time for the impossible %s and says so', (stamp) =>
    expect(read(stamp)).toMatchObject({ fits: true, iso: undefined, codes: ['time/impossible'] }),
  );

  it.each([
    '2026-11-20T06:59:20 UTC',
    '2026-11-20 06:59:20,245 UTC',
    '2026-11-20 06:59',
    '2026-11-20 06:59:20 U T',
    '2x26-11-20 06:59:20 UTC',
    '2026112006:59:20__',
  ])('does not read %s', (stamp) => expect(read(stamp).fits).toBe(false));

  it.each(['IST', 'CST', 'EST', 'BST'])('needs the examiner for %s', (zone) => {
    const stamp = `2026-07-01 12:00:00.000 ${zone}`;
    expect(read(stamp)).toMatchObject({ basis: 'assumed UTC', codes: ['time/zone-ambiguous'] });
    expect(read(stamp, '+05:30')).toMatchObject({
      iso: '2026-07-01T06:30:00.000Z',
      basis: 'examiner',
      codes: [],
    });
  });

  it('says which zone it does not know, and which stated zone it cannot use', () => {
    expect(read('2026-07-01 12:00:00.000 XYZT')).toMatchObject({ codes: ['time/zone-unknown'] });
    expect(read('20260701 12:00:00', 'Mars/Olympus').codes).toEqual([
      'time/zone-invalid',
      'time/zone-assumed',
    ]);
  });

  it('uses what a record gave away of its zone, unless that is nonsense', () => {
    const clock = new LogClock(undefined, new Observations());
    const stamp = '2026-11-20 12:29:20.245 IST';
    clock.learn('IST', 19_800_000);
    clock.readIso(stamp, 0, stamp.length);
    expect(new Date((clock.time ?? 0) / 1000).toISOString()).toBe('2026-11-20T06:59:20.245Z');
    clock.learn('CST', 1234);
    clock.readIso(stamp.replace('IST', 'CST'), 0, stamp.length);
    expect(clock.openZone).toBe('CST');
  });

  it('never carries a cached second over to another zone or second', () => {
    const clock = new LogClock(undefined, new Observations());
    const stamps = [
      '2026-11-20 06:59:20.245 UTC',
      '2026-11-20 06:59:20.245 CET',
      '2026-11-20 06:59:20 UTC',
      '2026-11-20 06:59:21.245 UTC',
      '2026-11-20 06:59:20.245 UTC',
    ];
    const times = stamps.map((stamp) => {
      clock.readIso(stamp, 0, stamp.length);
      return new Date((clock.time ?? 0) / 1000).toISOString().slice(11);
    });
    expect(times).toEqual([
      '06:59:20.245Z',
      '05:59:20.245Z',
      '06:59:20.000Z',
      '06:59:21.245Z',
      '06:59:20.245Z',
    ]);
  });
});

describe('the hour that summer time repeats', () => {
  const times = (zone: string, ...stamps: readonly string[]) => {
    const clock = new LogClock(zone, new Observations());
    return stamps.map((stamp) => {
      clock.readCompact(stamp, 0);
      return [new Date((clock.time ?? 0) / 1000).toISOString().slice(11, 16), clock.doubt];
    });
  };

  it('comes the second time where the wall clock steps back, until it is over', () => {
    expect(
      times(
        'Europe/Berlin',
        '20261025 01:50:00',
        '20261025 02:30:00',
        '20261025 02:45:00',
        '20261025 02:10:00',
        '20261025 02:50:00',
        '20261025 03:10:00',
      ),
    ).toEqual([
      ['23:50', undefined],
      ['00:30', 'fold'],
      ['00:45', 'fold'],
      ['01:10', 'fold'],
      ['01:50', 'fold'],
      ['02:10', undefined],
    ]);
  });

  it('does not come the second time for sessions that write side by side, nor in another year', () => {
    expect(
      times('Europe/Berlin', '20261025 02:30:20', '20261025 02:30:00', '20261025 02:31:00').map(([at]) => at),
    ).toEqual(['00:30', '00:30', '00:31']);
    expect(
      times('Europe/Berlin', '20261025 02:45:00', '20261025 02:10:00', '20271031 02:20:00').map(([at]) => at),
    ).toEqual(['00:45', '01:10', '00:20']);
  });
});

describe('IANA zones', () => {
  const berlin = zoneNamed('Europe/Berlin');
  const utc = (local: string, abbreviation?: string) => {
    const time = berlin?.toUtc(wallClock(local) ?? 0, abbreviation);
    return [new Date(time?.utc ?? 0).toISOString().slice(0, 19), time?.doubt];
  };

  it('follows summer time', () => {
    expect(utc('2026-01-15 12:00:00')).toEqual(['2026-01-15T11:00:00', undefined]);
    expect(utc('2026-07-15 12:00:00')).toEqual(['2026-07-15T10:00:00', undefined]);
    expect(utc('2026-10-25 03:00:00')).toEqual(['2026-10-25T02:00:00', undefined]);
  });

  it('finds times that happened twice and takes the first, unless the abbreviation decides', () => {
    expect(utc('2026-10-25 02:30:00')).toEqual(['2026-10-25T00:30:00', 'fold']);
    const newYork = zoneNamed('America/New_York');
    const local = wallClock('2026-11-01 01:30:00') ?? 0;
    expect(newYork?.toUtc(local, 'EDT')).toEqual({ utc: Date.UTC(2026, 10, 1, 5, 30) });
    expect(newYork?.toUtc(local, 'EST')).toEqual({ utc: Date.UTC(2026, 10, 1, 6, 30) });
    expect(newYork?.toUtc(local)).toMatchObject({ doubt: 'fold' });
  });

  it('finds times that never happened', () => {
    expect(utc('2026-03-29 02:30:00')[1]).toBe('skipped');
  });

  it('knows zones of quarter hours, and no zone that does not exist', () => {
    expect(zoneNamed('Asia/Kathmandu')?.toUtc(wallClock('2026-01-01 05:45:00') ?? 0)).toEqual({
      utc: Date.UTC(2026, 0, 1),
    });
    expect(zoneNamed('Not/AZone')).toBeUndefined();
    expect(zoneNamed('')).toBeUndefined();
  });
});
