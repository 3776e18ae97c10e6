import type { WindowMatch } from '../correlation/open-match.ts';
import type { Match } from '../detection.ts';
import type { CorrelationRule } from '../rule.ts';
import { Gatherer } from './gather.ts';

/**
 * The matches of one correlation as they come, in no certain order: the earliest up to a limit; the rest are counted or,
 * where matches are put together, gathered by group, so that memory does not follow the case.
 */
export class EarliestMatches {
  readonly #rule: CorrelationRule;
  readonly #limit: number;
  readonly #rest: Gatherer | undefined;
  #kept: WindowMatch[] = [];
  #total = 0;

  constructor(rule: CorrelationRule, limit: number, gathered: boolean) {
    this.#rule = rule;
    this.#limit = limit;
    this.#rest = gathered ? new Gatherer(limit, 2) : undefined;
  }

  get total(): number {
    return this.#total;
  }

  take(match: WindowMatch): void {
    this.#total++;
    this.#kept.push(match);
    // Twice the limit, so that sorting costs little a match.
    if (this.#kept.length > this.#limit * 2 + 100) this.#cut();
  }

  /** The earliest first, then what was gathered. */
  matches(): readonly Match[] {
    this.#cut();
    const shown = this.#kept.map((match) => matchOf(this.#rule, match));
    return [...shown, ...(this.#rest?.matches(this.#rule.key) ?? [])];
  }

  #cut(): void {
    this.#kept.sort(byFiring);
    for (const match of this.#kept.splice(this.#limit)) {
      const keys = [JSON.stringify([match.group, match.of]), ''];
      this.#rest?.take(matchOf(this.#rule, match), (level) => keys[level] ?? '');
    }
  }
}

function byFiring(a: WindowMatch, b: WindowMatch): number {
  if (a.firedAt !== b.firedAt || a.first !== b.first) return a.firedAt - b.firedAt || a.first - b.first;
  const [one, other] = [JSON.stringify([a.group, a.of]), JSON.stringify([b.group, b.of])];
  return one < other ? -1 : Number(one > other);
}

function matchOf({ key, groupBy, condition }: CorrelationRule, match: WindowMatch): Match {
  const { first, last, firedAt, value, events, count, incomplete } = match;
  const named = (fields: readonly string[], values: readonly (string | undefined)[]) =>
    // Members of a list come joined by U+001F, which stands in none of them.
    fields.map((field, i) => [field, (values[i] ?? '').replaceAll('\u001f', ', ')] as const);
  return {
    rule: key,
    events,
    count,
    first,
    last,
    fired_at: firedAt,
    group: Object.fromEntries([
      ...named(groupBy, match.group),
      ...named(match.of ? condition.fields : [], match.of ?? []),
    ]),
    value,
    ...(incomplete ? { window_incomplete: true } : {}),
  };
}
