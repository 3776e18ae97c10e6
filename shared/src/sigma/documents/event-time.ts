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

/**
 * A number as time since 1970 UTC, in microseconds, by its magnitude: of 9 to 11 digits before the point it is seconds, of 12
 * to 14 milliseconds, of 15 to 17 microseconds, of 18 to 20 nanoseconds. Each covers 1973 and later, and none another.
 * Undefined for other texts, and beyond 2255, where microseconds are no whole numbers of ECMAScript any more.
 */
export function epochMicros(text: string): number | undefined {
  const match = /^([1-9]\d{8,19})(?:\.(\d+))?$/.exec(text);
  if (match === null) return undefined;
  const [, whole = '', fraction = ''] = match;
  const unit = 1000n ** BigInt(Math.floor((whole.length - 9) / 3));
  // Exactly: a double of seconds has not room for microseconds.
  const micros = Number(BigInt(whole + fraction.padEnd(6, '0').slice(0, 6)) / unit);
  return Number.isSafeInteger(micros) ? micros : undefined;
}
