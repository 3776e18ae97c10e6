import type { AuditEvent } from '../../events/audit-event.ts';
import type { Observations, Seen } from '../observations.ts';
import type { LogProblemCode } from '../problem-table.ts';
import { dayNumber, type Zone, zoneNamed } from './zone.ts';
import { AMBIGUOUS_ABBREVIATIONS, numericOffset, ZONE_ABBREVIATIONS } from './zone-abbreviation.ts';

type Basis = NonNullable<AuditEvent['time_basis']>;

/** What the stamps so far say of those that follow. */
export interface ClockState {
  readonly learned: readonly (readonly [zone: string, shift: number])[];
  readonly foldWall: number | undefined;
  readonly second: boolean;
}

export function sameClock(a: ClockState, b: ClockState): boolean {
  return (
    a.foldWall === b.foldWall &&
    a.second === b.second &&
    a.learned.length === b.learned.length &&
    a.learned.every(([zone, shift], i) => b.learned[i]?.[0] === zone && b.learned[i]?.[1] === shift)
  );
}

/**
 * Turns the time stamps of one file into UTC. Holds what the file and the examiner told of zones.
 * Results stand in the fields after a call: one object for a million records.
 */
export class LogClock {
  /** Microseconds UTC of the last stamp; undefined where the stamp is impossible. Exact to the year 2255. */
  time: number | undefined;
  basis: Basis = 'in record';
  doubt: 'fold' | 'skipped' | undefined;
  /** Zone abbreviation of the last stamp whose offset nothing has told yet, else undefined. */
  openZone: string | undefined;

  readonly #examiner: Zone | undefined;
  readonly #observations: Observations;
  /** Offsets in milliseconds that records of this file gave away for abbreviations. */
  readonly #learned = new Map<string, number>();
  // The last second and zone: neighbours in a log nearly always share them.
  #secondText = '\0';
  #zoneText = '';
  #secondUtc: number | undefined;
  /** Latest wall clock of the hour that happens twice, and whether it is the second time: see `#occurrence`. */
  #foldWall: number | undefined;
  #second = false;
  #note: LogProblemCode | undefined;
  #seen: Seen | undefined;

  constructor(zone: string | undefined, observations: Observations) {
    this.#observations = observations;
    this.#examiner = zone === undefined ? undefined : zoneNamed(zone);
    if (zone !== undefined && this.#examiner === undefined) {
      observations.note('time/zone-invalid', 1, 0, zone, { zone });
    }
  }

  state(): ClockState {
    return { learned: [...this.#learned], foldWall: this.#foldWall, second: this.#second };
  }

  /** Takes up what another clock knew. The last second is worked out anew when it comes again, to the same result. */
  restore({ learned, foldWall, second }: ClockState): void {
    this.#learned.clear();
    for (const [zone, shift] of learned) this.#learned.set(zone, shift);
    this.#foldWall = foldWall;
    this.#second = second;
    this.#secondText = '\0';
    this.#seen = undefined;
  }

  /** Remembers what a record proves of its zone: local wall clock minus UTC, in milliseconds. */
  learn(zone: string, shift: number): void {
    // Real offsets are whole quarters of an hour between -12 and +14; anything else is a damaged record.
    if (shift % 900_000 === 0 && Math.abs(shift) <= 14 * 3_600_000) this.#learned.set(zone, shift);
    this.#secondText = '\0';
  }

  /**
   * `YYYY-MM-DD HH:MM:SS[.ffffff][ ZONE]` in `s[from, to)`. False where the text has not that shape; a stamp of
   * the right shape that the calendar does not have gives true and no time.
   */
  readIso(s: string, from: number, to: number): boolean {
    let at = from + 19;
    let micros = 0;
    if (s.charCodeAt(at) === 46) {
      let unit = 100_000;
      for (at++; at < to; at++) {
        const digit = s.charCodeAt(at) - 48;
        if (digit < 0 || digit > 9) break;
        micros += digit * unit;
        unit = Math.floor(unit / 10);
      }
    }
    if (s.charCodeAt(at) === 32) at++;
    else if (at !== to) return false;
    if (
      !(
        s.startsWith(this.#secondText, from) &&
        to - at === this.#zoneText.length &&
        s.startsWith(this.#zoneText, at)
      )
    ) {
      if (to - from < 19 || !this.#readSecond(s, from, s.slice(at, to))) return false;
    }
    this.time = this.#secondUtc === undefined ? undefined : this.#secondUtc * 1000 + micros;
    return true;
  }

  /** `YYYYMMDD HH:MM:SS` in `s[from, from + 17)`, without zone. False where the text has not that shape. */
  readCompact(s: string, from: number): boolean {
    if (!s.startsWith(this.#secondText, from)) {
      if (s.charCodeAt(from + 8) !== 32 || s.charCodeAt(from + 11) !== 58 || s.charCodeAt(from + 14) !== 58)
        return false;
      const year = digits(s, from, 4);
      const month = digits(s, from + 4, 2);
      const day = digits(s, from + 6, 2);
      const seconds = clockSeconds(s, from + 9);
      if (Number.isNaN(year + month + day) || seconds === -1) return false;
      this.#secondText = s.slice(from, from + 17);
      this.#settle(year, month, day, seconds, '');
    }
    this.time = this.#secondUtc === undefined ? undefined : this.#secondUtc * 1000;
    return true;
  }

  #readSecond(s: string, from: number, zone: string): boolean {
    if (s.charCodeAt(from + 4) !== 45 || s.charCodeAt(from + 7) !== 45 || s.charCodeAt(from + 10) !== 32)
      return false;
    if (s.charCodeAt(from + 13) !== 58 || s.charCodeAt(from + 16) !== 58 || !ZONE_SHAPE.test(zone))
      return false;
    const year = digits(s, from, 4);
    const month = digits(s, from + 5, 2);
    const day = digits(s, from + 8, 2);
    const seconds = clockSeconds(s, from + 11);
    if (Number.isNaN(year + month + day) || seconds === -1) return false;
    this.#secondText = s.slice(from, from + 19);
    this.#settle(year, month, day, seconds, zone);
    return true;
  }

  /** Works out UTC of a whole second and remembers it for the records that follow. `seconds` is -2 where impossible. */
  #settle(year: number, month: number, day: number, seconds: number, zone: string): void {
    this.#zoneText = zone;
    this.#note = undefined;
    this.#seen = undefined;
    this.openZone = undefined;
    this.doubt = undefined;
    this.basis = 'in record';
    const days = dayNumber(year, month, day);
    if (days === undefined || seconds === -2) {
      this.#secondUtc = undefined;
      this.#note = 'time/impossible';
      return;
    }
    const local = days * 86_400_000 + seconds * 1000;
    const shift = zone === '' ? undefined : this.#shiftOf(zone);
    if (shift !== undefined) {
      this.#foldWall = undefined;
      this.#secondUtc = local - shift;
      return;
    }
    if (zone !== '') this.openZone = zone;
    if (this.#examiner !== undefined) {
      this.basis = 'examiner';
      const { utc, doubt, later } = this.#examiner.toUtc(local, zone === '' ? undefined : zone);
      this.#secondUtc = later === undefined ? utc : this.#occurrence(local, utc, later);
      if (later === undefined) this.#foldWall = undefined;
      this.doubt = doubt;
      if (doubt !== undefined) this.#note = doubt === 'fold' ? 'time/fold' : 'time/skipped';
      return;
    }
    this.basis = 'assumed UTC';
    this.#secondUtc = local;
    if (zone === '') this.#note = 'time/zone-assumed';
    else this.#note = AMBIGUOUS_ABBREVIATIONS.has(zone) ? 'time/zone-ambiguous' : 'time/zone-unknown';
  }

  /**
   * Which of the two times of a stamp in the hour that summer time repeats. A log is written in order: where the wall clock
   * steps back within that hour, it is the second time from there on.
   */
  #occurrence(wall: number, first: number, later: number): number {
    if (this.#foldWall === undefined || wall - this.#foldWall > LONGEST_FOLD) this.#second = false;
    else if (wall < this.#foldWall - DISORDER) this.#second = true;
    this.#foldWall = this.#second ? wall : Math.max(wall, this.#foldWall ?? wall);
    return this.#second ? later : first;
  }

  #shiftOf(zone: string): number | undefined {
    const minutes = ZONE_ABBREVIATIONS.get(zone) ?? numericOffset(zone);
    return minutes === undefined ? this.#learned.get(zone) : minutes * 60_000;
  }

  /** Notes what is doubtful about the last stamp, once its record could say no more about it. */
  noteDoubt(raw: string, line: number, byte: number): void {
    if (this.#note === undefined) return;
    if (this.#seen !== undefined) {
      this.#seen.count++;
      return;
    }
    const detail = this.basis === 'assumed UTC' ? this.#zoneText : '';
    this.#seen = this.#observations.note(this.#note, line, byte, detail, {
      zone: this.#zoneText,
      stamp: raw,
    });
  }

  /** Notes what is doubtful in the extra fields of an event. */
  markDoubt(extra: NonNullable<AuditEvent['extra']>): void {
    if (this.doubt === 'fold') extra.time_fold = true;
    else if (this.doubt === 'skipped') extra.time_skipped = true;
    if (this.time === undefined) extra.time_impossible = true;
  }
}

/** Sessions write side by side: up to here, in milliseconds, a step back is no clock that was set back. */
const DISORDER = 60_000;

/** Zones repeat an hour at most but for Troll, which repeats two. */
const LONGEST_FOLD = 2 * 3_600_000;

/** Milliseconds of `YYYY-MM-DD HH:MM:SS` as if it were UTC, or undefined. */
export function wallClock(s: string): number | undefined {
  const days = dayNumber(digits(s, 0, 4), digits(s, 5, 2), digits(s, 8, 2));
  const seconds = clockSeconds(s, 11);
  return days === undefined || seconds < 0 ? undefined : days * 86_400_000 + seconds * 1000;
}

/** What `strftime %Z` prints: an abbreviation, or an offset without colon. */
const ZONE_SHAPE = /^(?:[A-Za-z]{1,10}|[+-]\d{2}(?:\d{2})?|)$/;

/** `count` decimal digits at `at`, or NaN. */
export function digits(s: string, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const digit = s.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Seconds of `HH:MM:SS`; -1 where there are no digits, -2 where the clock has no such time. 60 is a leap second. */
function clockSeconds(s: string, at: number): number {
  const hour = digits(s, at, 2);
  const minute = digits(s, at + 3, 2);
  const second = digits(s, at + 6, 2);
  if (Number.isNaN(hour + minute + second)) return -1;
  if (hour > 23 || minute > 59 || second > 60) return -2;
  return hour * 3600 + minute * 60 + second;
}
