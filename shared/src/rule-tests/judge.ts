import { fold } from '../sigma/values/fold.ts';
import type { RuleTest } from './rule-test.ts';
import type { FoundMatch, RuleFound } from './test-result.ts';

/** What of `found` is not as the test expects, as sentences; nothing where it passes. `start`: of the test, in microseconds since 1970. */
export function judge(test: RuleTest, found: RuleFound, start: number): readonly string[] {
  const { expect, count, wishes } = test;
  if (expect === 'error')
    return found.status === 'ran' ? ['the rule ran, and it was expected that it cannot'] : [];
  if (found.status !== 'ran') return [`the rule could not run: ${found.reason ?? 'no reason given'}`];
  const { matches } = found;
  const total = matches.length;
  if (total < count.least || total > count.most) return [`${wanted(test)}, found ${total}`];
  const wrong: string[] = [];
  if (wishes.events !== undefined) {
    const events = eventsOf(matches);
    const missing = wishes.events.filter((event) => !events.includes(event));
    const extra = events.filter((event) => !wishes.events?.includes(event));
    if (missing.length > 0) wrong.push(`${named(missing)} should be part of a match and ${are(missing)} not`);
    if (extra.length > 0) wrong.push(`${named(extra)} ${are(extra)} part of a match and should not be`);
  }
  const { group, window } = wishes;
  if (group !== undefined && !matches.some((match) => hasGroup(match, group)))
    wrong.push(`no match has the group ${shownGroup(group)}; there ${groupsOf(matches)}`);
  if (window !== undefined && !matches.some((match) => isWithin(match, window, start))) {
    const windows = matches.map(
      ({ first = start, last = start }) => `${shownSpan(first - start)} to ${shownSpan(last - start)}`,
    );
    wrong.push(
      `no match goes from ${shownSpan(window.first)} to ${shownSpan(window.last)}; found ${windows.join(', ')}`,
    );
  }
  return wrong;
}

/** What a test expects, in words. */
export function wanted({ expect, count: { least, most } }: RuleTest): string {
  if (expect === 'error') return 'expected that the rule cannot run';
  if (most === 0) return 'expected no match';
  const plural = (n: number) => `${n} ${n === 1 ? 'match' : 'matches'}`;
  if (least === most) return `expected ${plural(least)}`;
  if (!Number.isFinite(most)) return least === 1 ? 'expected a match' : `expected at least ${plural(least)}`;
  return least === 0 ? `expected at most ${plural(most)}` : `expected ${least} to ${plural(most)}`;
}

/** The events that are part of some match, in order. */
export function eventsOf(matches: readonly FoundMatch[]): readonly number[] {
  return [...new Set(matches.flatMap(({ events }) => events))].sort((a, b) => a - b);
}

function hasGroup(match: FoundMatch, group: Readonly<Record<string, string>>): boolean {
  return Object.entries(group).every(([field, value]) => {
    const found = match.group?.[field];
    return found !== undefined && fold(found) === fold(value);
  });
}

function isWithin(
  { first, last }: FoundMatch,
  window: { readonly first?: number; readonly last?: number },
  start: number,
): boolean {
  const isAt = (at: number | undefined, offset: number | undefined) =>
    offset === undefined || (at !== undefined && at - start === offset);
  return isAt(first, window.first) && isAt(last, window.last);
}

function groupsOf(matches: readonly FoundMatch[]): string {
  const groups = matches.map(({ group = {} }) => shownGroup(group));
  return groups.length === 0 ? 'are none' : `${groups.length === 1 ? 'is' : 'are'} ${groups.join('; ')}`;
}

export function shownGroup(group: Readonly<Record<string, string>>): string {
  return Object.entries(group)
    .map(([field, value]) => `${field} ${value}`)
    .join(', ');
}

/** A time span as tests write it; anywhere where it is not said. */
export function shownSpan(micros: number | undefined): string {
  if (micros === undefined) return 'anywhere';
  for (const [unit, size] of [
    ['h', 3600e6],
    ['m', 60e6],
    ['s', 1e6],
    ['ms', 1e3],
  ] as const)
    if (micros !== 0 && micros % size === 0) return `${micros / size}${unit}`;
  return micros === 0 ? '0s' : `${micros}us`;
}

function named(events: readonly number[]): string {
  const shown = events.slice(0, 10).join(', ');
  return `${events.length === 1 ? 'event' : 'events'} ${shown}${events.length > 10 ? ', …' : ''}`;
}

function are(events: readonly number[]): string {
  return events.length === 1 ? 'is' : 'are';
}
