import { type EventRef, eventsOf, inCaseOrder, type Occurrence } from './occurrence.ts';
import type { SatisfiedWindow, WindowMatch } from './open-match.ts';
import { tupleKey } from './tuple.ts';

/** What the outer correlation reads of an event: its `group-by`, and `condition.field`. */
export interface Reading {
  readonly group: readonly (string | undefined)[];
  readonly values: readonly (string | undefined)[];
}

export interface InnerOptions {
  /** The place of the inner correlation below `rules`. */
  readonly rule: number;
  /** Each satisfied window is an occurrence when it ends; else each match is one when it fired. */
  readonly everyWindow: boolean;
  read(event: EventRef): Reading;
  /** A window of which no event has all that `group-by` asks: `lacking` of them says which. */
  leave(lacking: number): void;
}

/**
 * What the matches of a correlation are to one that refers to it (SIGMA K12): an occurrence for each group of the outer
 * one among the contributing events. It stands for all events of its window, and has the value of its group's earliest
 * event that has one.
 */
export function innerOccurrences(
  matches: readonly WindowMatch[],
  options: InnerOptions,
): readonly Occurrence[] {
  const { rule, everyWindow, leave } = options;
  const found: Occurrence[] = [];
  for (const match of matches) {
    const { incomplete } = match;
    const windows = everyWindow ? groupsOfWindows(match, options) : [groupsOfAll(match, options)];
    for (const { window, groups, lacking } of windows) {
      if (groups.length === 0) leave(lacking);
      for (const { group, values } of groups)
        found.push({
          at: window.at,
          of: { ...window, incomplete },
          rules: 1 << rule,
          group,
          values,
          source: `rule ${rule}`,
        });
    }
  }
  return found.sort((a, b) => a.at - b.at);
}

interface Group {
  readonly group: readonly string[];
  readonly values: Reading['values'];
}

interface Grouped {
  readonly window: SatisfiedWindow;
  readonly groups: readonly Group[];
  /** Which of `group-by` the last event lacks that has no group. */
  readonly lacking: number;
}

function groupsOfAll({ windows = [], firedAt }: WindowMatch, { read }: InnerOptions): Grouped {
  const occurrences = windows[0]?.occurrences ?? [];
  const events = [...new Set(occurrences.flatMap((one) => [...eventsOf(one)]))].sort(inCaseOrder);
  const groups = new Map<string, Group>();
  let lacking = -1;
  for (const { group, values } of events.map(read)) {
    if (!isWhole(group)) {
      lacking = group.indexOf(undefined);
      continue;
    }
    const key = tupleKey(group);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { group, values });
    else if (!isWhole(known.values) && isWhole(values)) groups.set(key, { group: known.group, values });
  }
  const window = { at: firedAt, occurrences, from: 0, to: occurrences.length };
  return { window, groups: [...groups.values()], lacking };
}

/** Windows follow each other by little: groups are counted as events come and go. */
function* groupsOfWindows({ windows = [] }: WindowMatch, { read }: InnerOptions): Generator<Grouped> {
  const occurrences = windows[0]?.occurrences ?? [];
  const keys = occurrences.map((one) => {
    const groups = [...eventsOf(one)].map((event) => read(event).group);
    const whole = groups.filter(isWhole).map((group) => [tupleKey(group), group] as const);
    return { groups: [...new Map(whole)], lacking: groups[0]?.indexOf(undefined) ?? -1 };
  });
  const counts = new Map<string, { readonly group: readonly string[]; count: number }>();
  let from = 0;
  let to = 0;
  for (const window of windows) {
    for (; to < window.to; to++) {
      for (const [key, group] of keys[to]?.groups ?? []) {
        const known = counts.get(key);
        if (known === undefined) counts.set(key, { group, count: 1 });
        else known.count++;
      }
    }
    for (; from < window.from; from++) {
      for (const [key] of keys[from]?.groups ?? []) {
        const known = counts.get(key);
        if (known !== undefined && --known.count === 0) counts.delete(key);
      }
    }
    const groups = [...counts.values()].map(({ group }) => ({ group, values: [] }));
    yield { window, groups, lacking: keys[window.from]?.lacking ?? -1 };
  }
}

export function isWhole(values: readonly (string | undefined)[]): values is readonly string[] {
  return !values.includes(undefined);
}
