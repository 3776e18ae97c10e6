import type { Match } from '../detection.ts';

/** How matches of a rule are put together while it runs. */
export interface Grouping {
  /** Fields of the event that `key` looks at. */
  readonly fields: readonly string[];
  /** How many keys there are, from the finest (0) to the coarsest, which has few values whatever the case. */
  readonly levels: number;
  key(values: readonly (string | undefined)[], level: number): string;
}

/** Most events that one group cites, the earliest; its count is exact. */
const MOST_CITED = 1000;
/** Events that all groups of a rule cite together; from there on a group cites its first event alone. */
const MOST_CITED_A_RULE = 100_000;

type Part = Omit<Match, 'rule' | 'selections'> & {
  /** Bit i: the rule's i-th search held. */
  readonly held?: number;
};

interface Group extends Omit<Part, 'events'> {
  events: string[];
  count: number;
  first: number;
  last: number;
  held: number;
  value?: number;
  window_incomplete?: true;
}

/**
 * Puts the matches of one rule together by key, so that none is left out and memory stays bounded: where there are more
 * groups than `most`, what makes a new one goes to a group of the next coarser key.
 */
export class Gatherer {
  readonly #most: number;
  readonly #levels: readonly Map<string, Group>[];
  #cited = 0;

  constructor(most: number, levels: number) {
    this.#most = most;
    this.#levels = Array.from({ length: levels }, () => new Map());
  }

  /** Takes the next match in the order of the case; `key` gives its key at a level. */
  take(part: Part, key: (level: number) => string): void {
    for (const [level, groups] of this.#levels.entries()) {
      const name = key(level);
      let group = groups.get(name);
      if (group === undefined && (groups.size < this.#most || level === this.#levels.length - 1)) {
        group = { ...part, events: [], count: 0, held: 0 };
        groups.set(name, group);
      }
      if (group === undefined) continue;
      this.#join(group, part);
      return;
    }
  }

  /** The groups as matches, in the order in which each began within its level. */
  matches(rule: string, names?: readonly string[]): readonly Match[] {
    return this.#levels.flatMap((groups) =>
      [...groups.values()].map(
        ({ held, ...match }): Match => ({
          ...match,
          rule,
          ...(names === undefined ? {} : { selections: names.filter((_, i) => (held & (1 << i)) !== 0) }),
        }),
      ),
    );
  }

  #join(group: Group, part: Part): void {
    const most = this.#cited < MOST_CITED_A_RULE ? MOST_CITED : 1;
    for (const event of part.events) {
      if (group.events.length >= most) break;
      group.events.push(event);
      this.#cited++;
    }
    group.count += part.count;
    group.held |= part.held ?? 0;
    // 0 is "no usable time".
    if (part.first !== 0) group.first = group.first === 0 ? part.first : Math.min(group.first, part.first);
    group.last = Math.max(group.last, part.last);
    if (part.value !== undefined) group.value = Math.max(group.value ?? part.value, part.value);
    if (part.window_incomplete === true) group.window_incomplete = true;
  }
}
