const MS = 1000;

/** µs UTC from an ISO text as the engine writes it; stamps without a zone are UTC. Undefined when it is none. */
export function parseMicroseconds(text: string): number | undefined {
  const match =
    /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,9}))?\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/.exec(
      text.trim(),
    );
  if (match === null) return undefined;
  const [, date, clock = '', fraction = '', zone = 'Z'] = match;
  const offset =
    zone === 'UTC' || zone === 'Z'
      ? 'Z'
      : zone.length === 3
        ? `${zone}:00`
        : zone.length === 5
          ? `${zone.slice(0, 3)}:${zone.slice(3)}`
          : zone;
  const ms = Date.parse(`${date}T${clock.length === 5 ? `${clock}:00` : clock}${offset}`);
  if (Number.isNaN(ms)) return undefined;
  return ms * MS + Number(fraction.slice(0, 6).padEnd(6, '0'));
}

export type Precision = 'day' | 'minute' | 'second' | 'millisecond' | 'microsecond';

/** ISO 8601 date and time in `zone`, always with its offset (`UTC`, `+01:00`). */
export function formatTime(us: number, zone: string, precision: Precision = 'microsecond'): string {
  const { date, clock, offset } = timeParts(us, zone, precision);
  return precision === 'day' ? `${date} ${offset}` : `${date} ${clock} ${offset}`;
}

export interface TimeParts {
  readonly date: string;
  readonly clock: string;
  readonly offset: string;
}

export function timeParts(us: number, zone: string, precision: Precision = 'microsecond'): TimeParts {
  const offsetMinutes = zone === 'UTC' ? 0 : zoneOffset(us, zone);
  const shifted = us + offsetMinutes * 60_000_000;
  const ms = Math.floor(shifted / MS);
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return { date: `${us} µs`, clock: '', offset: 'UTC' };
  const iso = date.toISOString();
  const fraction = `${iso.slice(20, 23)}${String(shifted - ms * MS).padStart(3, '0')}`;
  const clock = {
    day: '',
    minute: iso.slice(11, 16),
    second: iso.slice(11, 19),
    millisecond: iso.slice(11, 23),
    microsecond: `${iso.slice(11, 19)}.${fraction}`,
  }[precision];
  return { date: iso.slice(0, 10), clock, offset: formatOffset(offsetMinutes, zone) };
}

const FORMATTERS = new Map<string, Intl.DateTimeFormat>();

/** Minutes east of UTC that hold in `zone` at a moment. */
export function zoneOffset(us: number, zone: string): number {
  let formatter = FORMATTERS.get(zone);
  if (formatter === undefined) {
    try {
      formatter = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    } catch {
      return 0;
    }
    FORMATTERS.set(zone, formatter);
  }
  const name = formatter.formatToParts(us / MS).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const match = /([+-])(\d\d):(\d\d)/.exec(name);
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}

function formatOffset(minutes: number, zone: string): string {
  if (zone === 'UTC') return 'UTC';
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '−' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
}

/** A stretch in µs, in its two largest units: `2 d 4 h`, `3 min 12 s`, `240 ms`. */
export function formatDuration(us: number): string {
  const units = [
    ['d', 86_400_000_000],
    ['h', 3_600_000_000],
    ['min', 60_000_000],
    ['s', 1_000_000],
    ['ms', 1000],
    ['µs', 1],
  ] as const;
  const size = Math.round(Math.abs(us));
  const index = units.findIndex(([, length]) => size >= length);
  if (index < 0) return '0 s';
  const [name, length] = units[index] ?? ['µs', 1];
  const whole = Math.floor(size / length);
  const next = units[index + 1];
  const rest = next === undefined ? 0 : Math.floor((size - whole * length) / next[1]);
  const tail = next === undefined || rest === 0 || index >= 3 ? '' : ` ${rest} ${next[0]}`;
  return `${us < 0 ? '−' : ''}${whole} ${name}${tail}`;
}

/** A stretch in one line, to the precision that its length deserves: `2026-03-02 05:00 – 09:30 UTC`. */
export function formatStretch(from: number, to: number, zone: string): string {
  const length = to - from;
  const precision = length >= 3_600_000_000 ? 'minute' : length >= 10_000_000 ? 'second' : 'millisecond';
  const [a, b] = [timeParts(from, zone, precision), timeParts(to, zone, precision)];
  const offset = a.offset === b.offset ? '' : ` ${a.offset}`;
  return `${a.date} ${a.clock}${offset} – ${a.date === b.date ? '' : `${b.date} `}${b.clock} ${b.offset}`;
}

/** Steps that a time axis can count in, in µs. */
const STEPS = [
  1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 5_000_000, 15_000_000, 60_000_000, 300_000_000, 900_000_000,
  3_600_000_000, 10_800_000_000, 21_600_000_000, 43_200_000_000, 86_400_000_000, 604_800_000_000,
  2_592_000_000_000, 31_536_000_000_000,
] as const;

/** Round times between `from` and `to`, at most `most` of them, on full hours and days of the zone. */
export function timeTicks(
  from: number,
  to: number,
  most: number,
  zone: string,
): { readonly step: number; readonly ticks: readonly number[] } {
  const step = STEPS.find((one) => (to - from) / one <= most) ?? (to - from) / Math.max(1, most);
  const shift = zone === 'UTC' ? 0 : zoneOffset(from, zone) * 60_000_000;
  const ticks: number[] = [];
  for (
    let tick = Math.ceil((from + shift) / step) * step - shift;
    tick <= to && ticks.length <= most;
    tick += step
  )
    ticks.push(tick);
  return { step, ticks };
}
