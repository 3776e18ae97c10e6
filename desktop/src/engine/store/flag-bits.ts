import { EVENT_FLAGS } from '@dbwitness/shared/events/event-flag.ts';
import { sqlText } from '../db/database.ts';

/** Bit of a flag in `flag_bits`: its place in the registry. */
export function flagBit(flag: (typeof EVENT_FLAGS)[number]): number {
  return 1 << EVENT_FLAGS.indexOf(flag);
}

/** The bits of a list of flag names, as SQL. */
export function bitsOf(list: string): string {
  const tests = EVENT_FLAGS.map(
    (flag) => `CASE WHEN list_contains(${list}, ${sqlText(flag)}) THEN ${flagBit(flag)} ELSE 0 END`,
  );
  return `(CASE WHEN ${list} IS NULL OR len(${list}) = 0 THEN 0 ELSE ${tests.join(' + ')} END)`;
}

/** The list of flag names that bits stand for, as SQL. */
export function flagsOf(bits: string): string {
  const names = EVENT_FLAGS.map(
    (flag) => `CASE WHEN ${bits} & ${flagBit(flag)} <> 0 THEN ${sqlText(flag)} END`,
  );
  return `list_filter([${names.join(', ')}], flag -> flag IS NOT NULL)`;
}
