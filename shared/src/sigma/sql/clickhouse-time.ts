import type { TimePart } from '../predicate.ts';
import { CLOCK_SYNTAX, DATE_SYNTAX, OFFSET_SYNTAX } from '../values/local-time.ts';
import { literal } from './clickhouse-quote.ts';
import type { Sql } from './dialect.ts';

const PARTS: Readonly<Record<TimePart, string>> = {
  minute: 'toMinute',
  hour: 'toHour',
  day: 'toDayOfMonth',
  week: 'toISOWeek',
  month: 'toMonth',
  year: 'toYear',
};

/** A part of an instant, in `zone` (SIGMA R14). */
export function partOfTime(time: Sql, part: TimePart, zone: string): Sql {
  return `${PARTS[part]}(toTimeZone(${time}, ${literal(zone)}))`;
}

/**
 * A part of the time that `text` names in ISO 8601; NULL where it names none. Without offset it is local time already,
 * which no zone may shift. ClickHouse's own parsers take a 30th of February and clamp years: the numbers are read here,
 * and years stand 400 apart, a whole number of weeks, within those that it knows (1900 to 2299).
 */
export function partOfText(text: Sql, part: TimePart, zone: string): Sql {
  const number = (from: number, length: number) => `toInt32OrZero(substring(${text}, ${from}, ${length}))`;
  const year = number(1, 4);
  const near = `(1900 + (${year} + 100) % 400)`;
  const date = `makeDate32(${near}, ${number(6, 2)}, ${number(9, 2)})`;
  const valid = `toDayOfMonth(${date}) = ${number(9, 2)}`;
  const hasSeconds = `substring(${text}, 17, 1) = ':'`;
  const seconds = `${number(12, 2)} * 3600 + ${number(15, 2)} * 60 + if(${hasSeconds}, ${number(18, 2)}, 0)`;
  const sign = `extract(${text}, '([+-])[0-9:]{2,5}$')`;
  const digits = `replaceAll(extract(${text}, '[+-]([0-9]{2}:?(?:[0-9]{2})?)$'), ':', '')`;
  const offset = `(if(${sign} = '-', -60, 60) * (toInt32OrZero(substring(${digits}, 1, 2)) * 60 + toInt32OrZero(substring(${digits}, 3, 2))))`;
  const clock = `addSeconds(toDateTime64(${date}, 0, 'UTC'), ${seconds})`;
  const of = (time: Sql) =>
    part === 'year' ? `toYear(${time}) + (${year} - ${near})` : `${PARTS[part]}(${time})`;
  const there = of(`toTimeZone(addSeconds(${clock}, -${offset}), ${literal(zone)})`);
  const is = (syntax: string) => `match(${text}, ${literal(`^${syntax}$`)})`;
  return `multiIf(NOT coalesce(${is(`${DATE_SYNTAX}(${CLOCK_SYNTAX}${OFFSET_SYNTAX}?)?`)}, false) OR NOT ${valid}, NULL, ${is(`.*${OFFSET_SYNTAX}`)} AND length(${text}) > 10, ${there}, ${of(clock)})`;
}
