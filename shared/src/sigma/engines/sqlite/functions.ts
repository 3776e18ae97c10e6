import { RE2JS } from 're2js';
import { addressDigits } from '../../../estate/network.ts';
import type { DocumentFields, DocumentValue } from '../../documents/document.ts';
import { FieldReader } from '../../documents/field-reader.ts';
import { allTexts, type Texts } from '../../documents/texts.ts';
import type { TimePart } from '../../predicate.ts';
import { textFromSqlite } from '../../sql/sqlite-text.ts';
import { fold } from '../../values/fold.ts';
import { partOf, readTimeText, ZoneClock } from '../../values/local-time.ts';
import { canonicalText, compareNumbers } from '../../values/scalar.ts';

/** A function of ours that SQL calls. Whatever is NULL or of another type than it works on gives NULL. */
export type SqliteFunction = (...args: readonly (string | number | null)[]) => string | number | null;

/** Compiled expressions and the like kept at a time: a pass over the events uses few. */
const MOST_KEPT = 500;

/**
 * What the dialect `sqlite` calls, by name (SIGMA §6.1). Each has its own number of parameters, by which SQLite knows it.
 * One set a database: what they remember lives as long.
 */
export function sqliteFunctions(): Readonly<Record<string, SqliteFunction>> {
  const expression = remembered((source) => RE2JS.compile(source));
  const clock = remembered((zone) => new ZoneClock(zone));
  const reader = remembered((key) => new FieldReader([key]));
  const isText = (value: unknown): value is string => typeof value === 'string';
  return {
    sigma_fold: (text) => (isText(text) ? fold(text) : null),
    sigma_search: (text, source) =>
      isText(text) && isText(source)
        ? Number(expression(textFromSqlite(source)).test(textFromSqlite(text)))
        : null,
    sigma_compare: (text, to) => (isText(text) && isText(to) ? (compareNumbers(text, to) ?? null) : null),
    sigma_address: (text) => (isText(text) ? (addressDigits(text) ?? null) : null),
    sigma_text_part: (text, part, zone) => {
      const time = isText(text) ? readTimeText(text) : undefined;
      if (time === undefined) return null;
      const wall = time.local ? time.millis : clock(String(zone)).at(time.millis);
      return partOf(wall, part as TimePart);
    },
    sigma_instant_part: (micros, part, zone) =>
      typeof micros === 'number'
        ? partOf(clock(String(zone)).at(Math.floor(micros / 1000)), part as TimePart)
        : null,
    sigma_number_text: (value) => (typeof value === 'number' ? canonicalText(value) : value),
    sigma_time_text: (micros) => (typeof micros === 'number' ? timeText(micros) : null),
    sigma_json_values: (json, key) => {
      const value = isText(json) ? (JSON.parse(json) as DocumentValue) : null;
      if (typeof value !== 'object' || value === null) return null;
      if (!isText(key)) return JSON.stringify(allTexts(value as DocumentFields));
      let texts: Texts;
      reader(key).read(value as DocumentFields, (_, found) => {
        texts = found;
      });
      return texts === undefined ? null : JSON.stringify(typeof texts === 'string' ? [texts] : texts);
    },
  };
}

function remembered<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) {
      if (made.size >= MOST_KEPT) made.clear();
      value = make(key);
      made.set(key, value);
    }
    return value;
  };
}

function timeText(micros: number): string {
  const seconds = Math.floor(micros / 1e6);
  const rest = String(micros - seconds * 1e6).padStart(6, '0');
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}.${rest}Z`;
}
