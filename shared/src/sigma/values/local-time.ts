import { dayNumber } from '../../logs/time/zone.ts';
import { numericOffset } from '../../logs/time/zone-abbreviation.ts';
import type { TimePart } from '../predicate.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** A wall clock: milliseconds since 1970-01-01T00:00 as it shows them. */
export type WallClock = number;

/**
 * Times in text that count (SIGMA R14): ISO 8601, a date with or without a time, the time with or without its offset. The
 * same syntax in RE2 and here.
 */
export const DATE_SYNTAX = '[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])';
export const CLOCK_SYNTAX = '[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.,][0-9]+)?)?';
export const OFFSET_SYNTAX = '(Z|[+-](0[0-9]|1[0-5])(:?[0-5][0-9])?)';

const TEXT = new RegExp(`^(${DATE_SYNTAX})(?:(${CLOCK_SYNTAX})(${OFFSET_SYNTAX})?)?$`);

/** A time in text: milliseconds since 1970, and whether that is UTC or, where it has no offset, a wall clock's. */
export interface ReadTime {
  readonly millis: number;
  /** Microseconds beyond the millisecond. */
  readonly micros: number;
  readonly local: boolean;
}

/** Reads a time in ISO 8601, or undefined. */
export function readTimeText(text: string): ReadTime | undefined {
  const match = TEXT.exec(text);
  if (match === null) return undefined;
  const [, date = '', , , clock = '', , , , offset] = match;
  const day = dayNumber(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10)));
  if (day === undefined) return undefined;
  const minutes = Number(clock.slice(1, 3)) * 60 + Number(clock.slice(4, 6));
  const fraction = clock.slice(10).padEnd(6, '0').slice(0, 6);
  const millis =
    day * DAY + minutes * MINUTE + Number(clock.slice(7, 9)) * 1000 + Number(fraction.slice(0, 3));
  const shift = offset === undefined ? 0 : offsetMinutes(offset);
  return { millis: millis - shift * MINUTE, micros: Number(fraction.slice(3)), local: offset === undefined };
}

function offsetMinutes(offset: string): number {
  if (offset === 'Z') return 0;
  const digits = offset.slice(1).replace(':', '');
  return (offset.startsWith('-') ? -1 : 1) * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2, 4)));
}

/** Tells the wall clock of a zone, an IANA name or an offset. */
export class ZoneClock {
  readonly #offset: number | undefined;
  readonly #format: Intl.DateTimeFormat | undefined;
  /** Intl takes microseconds a call; zones change at most on quarters of an hour, so each is asked once. */
  readonly #shifts = new Map<number, number>();

  /** Throws RangeError for a zone that there is not. */
  constructor(zone: string) {
    this.#offset = zone === 'UTC' ? 0 : numericOffset(zone);
    if (this.#offset !== undefined) return;
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  at(utc: number): WallClock {
    if (this.#offset !== undefined) return utc + this.#offset * MINUTE;
    const quarter = Math.floor(utc / (15 * MINUTE));
    let shift = this.#shifts.get(quarter);
    if (shift === undefined) {
      if (this.#shifts.size > 100_000) this.#shifts.clear();
      shift = this.#shiftAt(quarter * 15 * MINUTE);
      this.#shifts.set(quarter, shift);
    }
    return utc + shift;
  }

  #shiftAt(utc: number): number {
    const part: Record<string, number> = {};
    for (const { type, value } of this.#format?.formatToParts(utc) ?? []) part[type] = Number(value);
    const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return (
      (dayNumber(year, month, day) ?? 0) * DAY + hour * 60 * MINUTE + minute * MINUTE + second * 1000 - utc
    );
  }
}

/** A part of what a wall clock shows; weeks are those of ISO 8601. */
export function partOf(wall: WallClock, part: TimePart): number {
  const date = new Date(wall);
  switch (part) {
    case 'minute':
      return date.getUTCMinutes();
    case 'hour':
      return date.getUTCHours();
    case 'day':
      return date.getUTCDate();
    case 'month':
      return date.getUTCMonth() + 1;
    case 'year':
      return date.getUTCFullYear();
    case 'week':
      return isoWeek(wall);
  }
}

/** A week belongs to the year that its Thursday is in. */
function isoWeek(wall: WallClock): number {
  const day = Math.floor(wall / DAY);
  // 1970-01-01 was a Thursday, and weeks begin on Monday.
  const thursday = day - ((((day + 3) % 7) + 7) % 7) + 3;
  const year = new Date(thursday * DAY).getUTCFullYear();
  return Math.floor((thursday - (dayNumber(year, 1, 1) ?? 0)) / 7) + 1;
}
