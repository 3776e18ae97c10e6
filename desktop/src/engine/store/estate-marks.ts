import type { Estate } from '@dbwitness/shared/estate/estate.ts';
import type { EventFlag } from '@dbwitness/shared/events/event-flag.ts';
import { sqlText } from '../db/database.ts';

/**
 * A flag that the estate gives, with the condition under which it does: over `record r`, or decided once for all records
 * that have the same statement `s` or the same lists `l`.
 */
export interface EstateMark {
  readonly flag: EventFlag;
  readonly of: 'record' | 'statement' | 'list_set';
  readonly when: string;
}

/** What an organisation's declaration adds to the flags of each record. */
export function estateMarks(estate: Estate): readonly EstateMark[] {
  const marks: EstateMark[] = [
    {
      flag: 'bulk_read',
      of: 'record',
      when: `r.class = 'data_read' AND r.rows >= ${Math.floor(estate.bulk_rows)}`,
    },
    {
      flag: 'long_statement',
      of: 'statement',
      when: `length(s.text) >= ${Math.floor(estate.long_statement)}`,
    },
  ];
  if (estate.sensitive.length > 0) {
    const matches = (name: string) =>
      `(${estate.sensitive.map(({ object }) => nameMatches(`lower(${name})`, object.toLowerCase())).join(' OR ')})`;
    const anyOf = (list: string) => `len(list_filter(${list}, o -> ${matches('o.name')})) > 0`;
    const flag = 'sensitive_object';
    marks.push(
      { flag, of: 'record', when: `r.object IS NOT NULL AND ${matches('CAST(r.object AS VARCHAR)')}` },
      { flag, of: 'statement', when: `s.objects IS NOT NULL AND ${anyOf('s.objects')}` },
      { flag, of: 'list_set', when: `l.objects IS NOT NULL AND ${anyOf('l.objects')}` },
    );
  }
  if (estate.privileged_users.length > 0) {
    const names = estate.privileged_users.map((name) => sqlText(name.toLowerCase())).join(', ');
    marks.push({
      flag: 'privileged_user',
      of: 'record',
      when: `lower(CAST(r."user" AS VARCHAR)) IN (${names}) OR lower(CAST(r.effective_user AS VARCHAR)) IN (${names})`,
    });
  }
  if (estate.hours !== undefined) {
    const { days, from, to } = estate.hours;
    const local = `timezone(${sqlText(estate.zone)}, timezone('UTC', r.time))`;
    const clock = `strftime(${local}, '%H:%M')`;
    // Hours that end before they begin run over midnight.
    const inside =
      from <= to
        ? `${clock} >= ${sqlText(from)} AND ${clock} < ${sqlText(to)}`
        : `(${clock} >= ${sqlText(from)} OR ${clock} < ${sqlText(to)})`;
    const weekdays = days.map((day) => Math.floor(day)).join(', ');
    marks.push({
      flag: 'off_hours',
      of: 'record',
      when: `r.time IS NOT NULL AND NOT (${days.length === 0 ? 'false' : `isodow(${local}) IN (${weekdays})`} AND ${inside})`,
    });
  }
  return marks;
}

/** `*` at either end of a pattern stands for anything there. */
function nameMatches(name: string, pattern: string): string {
  const anyStart = pattern.startsWith('*');
  const anyEnd = pattern.length > 1 && pattern.endsWith('*');
  const core = sqlText(pattern.slice(anyStart ? 1 : 0, anyEnd ? -1 : undefined));
  if (anyStart && anyEnd) return `contains(${name}, ${core})`;
  if (anyStart) return `ends_with(${name}, ${core})`;
  if (anyEnd) return `starts_with(${name}, ${core})`;
  return `${name} = ${core}`;
}
