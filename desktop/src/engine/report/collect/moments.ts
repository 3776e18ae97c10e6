import type { Moment } from '@dbwitness/shared/reports/report-model.ts';

/** Makes the moments of one report: UTC, and the same instant in the report's zone where that is another. */
export class Moments {
  readonly zone: string;
  readonly #local: Intl.DateTimeFormat | undefined;

  /** `zone` is an IANA name; throws `RangeError` for one that is not known. */
  constructor(zone: string) {
    this.zone = zone;
    this.#local =
      zone === 'UTC'
        ? undefined
        : new Intl.DateTimeFormat('en-GB', {
            timeZone: zone,
            hourCycle: 'h23',
            year: 'numeric',
            month: '2-digit',
            day: '2-digit',
            hour: '2-digit',
            minute: '2-digit',
            second: '2-digit',
            timeZoneName: 'longOffset',
          });
  }

  /** From µs since 1970 UTC. */
  micros(at: number): Moment {
    const seconds = Math.floor(at / 1e6);
    const fraction = String(at - seconds * 1e6).padStart(6, '0');
    return this.#moment(new Date(seconds * 1000), fraction);
  }

  /** From RFC 3339 text; text that is none stays as it is, in UTC. */
  text(at: string): Moment {
    const time = Date.parse(at);
    if (Number.isNaN(time)) return { utc: at };
    return this.micros(time * 1000);
  }

  #moment(second: Date, fraction: string): Moment {
    const trimmed = fraction.replace(/0+$/, '');
    const tail = trimmed === '' ? '' : `.${trimmed}`;
    const utc = `${second.toISOString().slice(0, 19)}${tail}Z`;
    if (this.#local === undefined) return { utc };
    const part: Record<string, string> = {};
    for (const { type, value } of this.#local.formatToParts(second)) part[type] = value;
    const offset = (part.timeZoneName ?? 'GMT').replace('GMT', '') || '+00:00';
    return {
      utc,
      local: `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}${tail}${offset}`,
    };
  }
}
