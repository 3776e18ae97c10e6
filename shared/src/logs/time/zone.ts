import { numericOffset } from './zone-abbreviation.ts';

/** A local time in a zone: `fold` where it happened twice, `skipped` where it never happened. */
export interface LocalTime {
  /** Milliseconds since 1970-01-01T00:00:00Z. The first of two. */
  readonly utc: number;
  readonly doubt?: 'fold' | 'skipped';
  /** Where it happened twice: the second of two. */
  readonly later?: number;
}

/** A zone that an examiner stated: an IANA name or a fixed offset. */
export interface Zone {
  readonly name: string;
  /** `local` is the wall clock as if it were UTC, in milliseconds. `abbreviation` decides inside a fold. */
  toUtc(local: number, abbreviation?: string): LocalTime;
}

const QUARTER = 15 * 60_000;
const DAY = 86_400_000;

/** The zone of an IANA name or an offset such as `+02:00`, or undefined where there is none of that name. */
export function zoneNamed(name: string): Zone | undefined {
  const fixed = numericOffset(name);
  if (fixed !== undefined) return { name, toUtc: (local) => ({ utc: local - fixed * 60_000 }) };
  try {
    return new IanaZone(name);
  } catch {
    return undefined; // Intl throws RangeError for names that it does not know.
  }
}

class IanaZone implements Zone {
  readonly name: string;
  readonly #format: Intl.DateTimeFormat;
  readonly #short: Intl.DateTimeFormat;
  /** Intl takes microseconds a call; zones change at most on quarters of an hour, so each is asked once. */
  readonly #known = new Map<
    number,
    { readonly shift: number; readonly other?: number; readonly doubt?: 'fold' | 'skipped' }
  >();

  constructor(name: string) {
    this.name = name;
    const parts = {
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    } as const;
    this.#format = new Intl.DateTimeFormat('en-US', { timeZone: name, era: 'short', ...parts });
    this.#short = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'short' });
  }

  toUtc(local: number, abbreviation?: string): LocalTime {
    const quarter = Math.floor(local / QUARTER);
    let known = this.#known.get(quarter);
    if (known === undefined) {
      known = this.#resolve(quarter * QUARTER);
      if (this.#known.size > 100_000) this.#known.clear();
      this.#known.set(quarter, known);
    }
    const utc = local - known.shift;
    if (known.doubt === undefined) return { utc };
    if (known.other !== undefined && abbreviation !== undefined) {
      const first = this.#abbreviation(utc) === abbreviation;
      const second = this.#abbreviation(local - known.other) === abbreviation;
      if (first !== second) return { utc: first ? utc : local - known.other };
    }
    if (known.other === undefined) return { utc, doubt: known.doubt };
    return { utc, doubt: known.doubt, later: local - known.other };
  }

  #resolve(local: number): { shift: number; other?: number; doubt?: 'fold' | 'skipped' } {
    const before = this.#shiftAt(local - DAY);
    const after = this.#shiftAt(local + DAY);
    const fitting = [...new Set([before, after])].filter((shift) => this.#shiftAt(local - shift) === shift);
    const [first, second] = fitting.sort((a, b) => b - a);
    if (first === undefined) return { shift: before, doubt: 'skipped' };
    if (second === undefined) return { shift: first };
    return { shift: first, other: second, doubt: 'fold' };
  }

  /** Milliseconds that local clocks were ahead of UTC at that moment. */
  #shiftAt(utc: number): number {
    const part: Record<string, number> = {};
    let beforeChrist = false;
    for (const { type, value } of this.#format.formatToParts(utc)) {
      if (type === 'era') beforeChrist = value.startsWith('B');
      else part[type] = Number(value);
    }
    const year = beforeChrist ? 1 - (part.year ?? 1) : (part.year ?? 1);
    const wall =
      civil(year, part.month ?? 1, part.day ?? 1) * DAY +
      (part.hour ?? 0) * 3_600_000 +
      (part.minute ?? 0) * 60_000 +
      (part.second ?? 0) * 1000;
    return wall - Math.floor(utc / 1000) * 1000;
  }

  #abbreviation(utc: number): string | undefined {
    return this.#short.formatToParts(utc).find((part) => part.type === 'timeZoneName')?.value;
  }
}

/** Days from 1970-01-01 of a date of the proleptic Gregorian calendar. */
export function civil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days from 1970-01-01, or undefined where the calendar has no such day (years 1 to 9999). */
export function dayNumber(year: number, month: number, day: number): number | undefined {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return undefined;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (day > (DAYS[month - 1] ?? 0) + (leap ? 1 : 0)) return undefined;
  return civil(year, month, day);
}
