import type { Estate } from '../estate/estate.ts';
import type { AuditEvent } from '../events/audit-event.ts';
import type { EventFlag } from '../events/event-flag.ts';
import { partOf, ZoneClock } from '../sigma/values/local-time.ts';

/** Adds the flags that an estate gives to events, as the import of a case does. */
export type Marker = (event: AuditEvent) => void;

const DAY = 86_400_000;

/** Makes what marks events by `estate`: one that tells how it stands to a single event, where the case's is SQL for all. */
export function estateMarker(estate: Estate): Marker {
  const sensitive = estate.sensitive.map(({ object }) => nameTest(object.toLowerCase()));
  const isSensitive = (name: unknown) => {
    const lower = String(name).toLowerCase();
    return sensitive.some((test) => test(lower));
  };
  const privileged = new Set(estate.privileged_users.map((name) => name.toLowerCase()));
  const isPrivileged = (name: unknown) => name !== undefined && privileged.has(String(name).toLowerCase());
  const isOffHours = hoursTest(estate);
  return (event) => {
    const { object, objects = [], statement, rows, time } = event;
    const add = (flag: EventFlag, when: boolean) => {
      if (when && event.flags?.includes(flag) !== true) event.flags = [...(event.flags ?? []), flag];
    };
    add('bulk_read', event.class === 'data_read' && Number(rows ?? -1) >= Math.floor(estate.bulk_rows));
    add('long_statement', isLong(statement, Math.floor(estate.long_statement)));
    add(
      'sensitive_object',
      (object !== undefined && isSensitive(object)) || objects.some(({ name }) => isSensitive(name)),
    );
    add('privileged_user', isPrivileged(event.user) || isPrivileged(event.effective_user));
    add('off_hours', time !== undefined && isOffHours(time));
  };
}

function isLong(statement: string | undefined, least: number): boolean {
  // A character may be two units.
  return statement !== undefined && statement.length >= least && [...statement].length >= least;
}

/** `*` at either end of a pattern stands for anything there. */
function nameTest(pattern: string): (name: string) => boolean {
  const anyStart = pattern.startsWith('*');
  const anyEnd = pattern.length > 1 && pattern.endsWith('*');
  const core = pattern.slice(anyStart ? 1 : 0, anyEnd ? -1 : undefined);
  if (anyStart && anyEnd) return (name) => name.includes(core);
  if (anyStart) return (name) => name.endsWith(core);
  return anyEnd ? (name) => name.startsWith(core) : (name) => name === core;
}

function hoursTest({ hours, zone }: Estate): (micros: number) => boolean {
  if (hours === undefined) return () => false;
  const { days, from, to } = hours;
  const clock = new ZoneClock(zone);
  return (micros) => {
    const wall = clock.at(Math.floor(micros / 1000));
    const time = `${two(partOf(wall, 'hour'))}:${two(partOf(wall, 'minute'))}`;
    // Hours that end before they begin run over midnight. 1970-01-01 was a Thursday.
    const isInside = from <= to ? time >= from && time < to : time >= from || time < to;
    const weekday = ((((Math.floor(wall / DAY) + 3) % 7) + 7) % 7) + 1;
    return !(isInside && days.includes(weekday));
  };
}

function two(part: number): string {
  return String(part).padStart(2, '0');
}
