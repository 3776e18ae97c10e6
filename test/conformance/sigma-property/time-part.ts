export type Part = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(?:(Z)|([+-])(\d\d)(?::?(\d\d))?)?)?$/;

/** R14: a part of a time in ISO 8601 as a zone's clock shows it; without offset the text is that clock's. */
export function timePart(text: string, part: Part, zone: string): number | undefined {
  const match = ISO.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = 0, minute = 0, second = 0] = match.map((digits) => Number(digits ?? 0));
  const [z, sign, hours = '0', minutes = '0'] = match.slice(7);
  const wall = new Date(0);
  wall.setUTCFullYear(year ?? 0, (month ?? 0) - 1, day);
  const real = wall.getUTCMonth() + 1 === month && wall.getUTCDate() === day;
  if (!real || hour > 23 || minute > 59 || second > 59 || Number(hours) > 15 || Number(minutes) > 59)
    return undefined;
  wall.setUTCHours(hour, minute, second);
  if (z === undefined && sign === undefined) return partOf(wall, part);
  const shift = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  return partOf(shown(new Date(wall.getTime() - shift * 60_000), zone), part);
}

/** The clock of `zone` at an instant, as if it were UTC. */
function shown(instant: Date, zone: string): Date {
  if (zone === 'UTC') return instant;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const parts = Object.fromEntries(
    format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
  );
  const clock = new Date(0);
  clock.setUTCFullYear(parts.year ?? 0, (parts.month ?? 1) - 1, parts.day);
  clock.setUTCHours(parts.hour ?? 0, parts.minute, parts.second);
  return clock;
}

function partOf(clock: Date, part: Part): number {
  switch (part) {
    case 'minute':
      return clock.getUTCMinutes();
    case 'hour':
      return clock.getUTCHours();
    case 'day':
      return clock.getUTCDate();
    case 'month':
      return clock.getUTCMonth() + 1;
    case 'year':
      return clock.getUTCFullYear();
    case 'week': {
      // The week belongs to the year of its Thursday.
      const thursday = new Date(clock);
      thursday.setUTCDate(clock.getUTCDate() + 4 - (clock.getUTCDay() || 7));
      const january = new Date(0);
      january.setUTCFullYear(thursday.getUTCFullYear(), 0, 1);
      return 1 + Math.floor((thursday.getTime() - january.getTime()) / 604_800_000);
    }
  }
}
