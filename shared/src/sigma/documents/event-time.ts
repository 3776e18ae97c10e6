import { zoneNamed } from '../../logs/time/zone.ts';
import { fold } from '../values/fold.ts';
import { readTimeText } from '../values/local-time.ts';
import type { DocumentFields } from './document.ts';
import { FieldReader } from './field-reader.ts';

/** Where events usually say when they happened, the first that can be read counts. Upper and lower case are one (SIGMA R18). */
export const TIME_FIELDS = [
  'time',
  '@timestamp',
  'timestamp',
  'event.created',
  'TimeCreated',
  'Event.System.TimeCreated.#attributes.SystemTime',
  'UtcTime',
  'EventTime',
  'eventTime',
  'datetime',
  'date',
  'ts',
] as const;

const FOLDED: ReadonlySet<string> = new Set(TIME_FIELDS.map(fold));

/** Whether a field of this name usually holds an event's time. */
export function isTimeField(name: string): boolean {
  return FOLDED.has(fold(name));
}

export interface TimeOptions {
  /** The one field that says it, instead of `TIME_FIELDS`. */
  readonly field?: string;
  /** The zone of times without offset; without it such a time is not used: an event is not moved by hours on a guess. */
  readonly zone?: string;
}

/**
 * Makes what tells an event's time in microseconds since 1970 UTC, or undefined where no field says it in a way that has one
 * meaning: ISO 8601 text with an offset or, with a zone, without; a number by its magnitude (`epochMicros`).
 */
export function timeReader({
  field,
  zone,
}: TimeOptions = {}): (fields: DocumentFields) => number | undefined {
  const reader = new FieldReader(field === undefined ? TIME_FIELDS : [field]);
  const local = zone === undefined ? undefined : zoneNamed(zone);
  const read = (text: string): number | undefined => {
    const epoch = epochMicros(text);
    if (epoch !== undefined) return epoch;
    const time = readTimeText(
      text
        .trim()
        .replace(/ ?UTC$/, 'Z')
        .replace(/ (?=[+-]\d|Z$)/, ''),
    );
    if (time === undefined) return undefined;
    if (!time.local) return time.millis * 1000 + time.micros;
    const known = local?.toUtc(time.millis);
    // An hour that a zone skips has no instant; of one that it has twice, the first is meant.
    return known === undefined || known.doubt === 'skipped' ? undefined : known.utc * 1000 + time.micros;
  };
  return (fields) => {
    let best: { readonly field: number; readonly at: number } | undefined;
    reader.read(fields, (index, texts) => {
      if (best !== undefined && best.field < index) return;
      const at = read(typeof texts === 'string' ? texts : (texts[0] ?? ''));
      if (at !== undefined) best = { field: index, at };
    });
    return best?.at;
  };
}

/** 1973-03-03: below, a number of seconds could as well be a small number of milliseconds. */
const LEAST = 1e8;

/**
 * A number as time since 1970 UTC, in microseconds, by its magnitude: seconds from 10⁸, milliseconds from 10¹¹, microseconds
 * from 10¹⁴, nanoseconds from 10¹⁷ to 10²⁰: each covers 1973 to 5138, and none another. Undefined for other texts.
 */
export function epochMicros(text: string): number | undefined {
  const match = /^(\d{9,20})(?:\.(\d+))?$/.exec(text);
  if (match === null) return undefined;
  const [, whole = '', fraction = ''] = match;
  const unit = [1, 1e3, 1e6, 1e9].find(
    (size) => Number(whole) >= LEAST * size && Number(whole) < LEAST * size * 1000,
  );
  if (unit === undefined) return undefined;
  // Exactly: a double of seconds has not room for microseconds.
  return Number(BigInt(whole + fraction.padEnd(6, '0').slice(0, 6)) / BigInt(unit));
}
