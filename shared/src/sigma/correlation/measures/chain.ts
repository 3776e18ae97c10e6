import type { Kept } from '../occurrence.ts';
import type { Measure } from './measure.ts';
import { RulesMeasure } from './rules-present.ts';

/** Ways to order one instant that are followed at once; more than these differ by nothing that real logs have. */
const MOST_WAYS = 1000;

/** A chain so far, within one instant: when it began, and how many occurrences of each source are behind it. */
interface Way {
  readonly start: number;
  readonly behind: readonly number[];
}

/**
 * Chains of occurrences in the order of the list (SIGMA K9): for each length and last rule, the latest time at which
 * such a chain can have started. The latest start is enough, because it stays in a sliding window the longest.
 */
export class ChainMeasure implements Measure {
  readonly #rules: RulesMeasure;
  readonly #size: number;
  readonly #counted: number;
  /** `[length - 1][last rule]` → start. */
  #starts: number[][] = [];

  /** `counted`: bit i where the i-th rule may stand in a chain. */
  constructor(size: number, counted: number) {
    this.#size = size;
    this.#counted = counted;
    this.#rules = new RulesMeasure(size);
  }

  add(instant: readonly Kept[]): void {
    this.#rules.add(instant);
    const sources = new Map<string, number[]>();
    let at = 0;
    for (const { occurrence } of instant) {
      at = occurrence.at;
      const rules = occurrence.rules & this.#counted;
      const queue = sources.get(occurrence.source);
      if (queue === undefined) sources.set(occurrence.source, [rules]);
      else queue.push(rules);
    }
    const queues = [...sources.values()];
    const [only, ...more] = queues;
    if (more.length > 0) this.#followAll(queues, at);
    else for (const rules of only ?? []) this.#follow(rules, at);
  }

  remove(kept: Kept): void {
    this.#rules.remove(kept);
  }

  /** The longest chain that starts in the window. */
  value(from: number): number {
    for (let length = this.#size; length >= 1; length--)
      if (this.#latest(length, this.#size) >= from) return length;
    return 0;
  }

  /** Bit i: the i-th rule has an occurrence. */
  present(): number {
    return this.#rules.present();
  }

  #follow(rules: number, at: number): void {
    // From the last rule down, so that one occurrence fills one place of a chain only.
    for (let rule = this.#size - 1; rule >= 0; rule--) {
      if ((rules & (1 << rule)) === 0) continue;
      for (let length = rule + 1; length >= 1; length--)
        this.#improve(length, rule, length === 1 ? at : this.#latest(length - 1, rule));
    }
  }

  /**
   * Several sources at one instant: their records may have come in any order that keeps each source's own. Chains grow by
   * rule, and keep in mind which records of each source are behind them.
   */
  #followAll(queues: readonly (readonly number[])[], at: number): void {
    const old = this.#starts;
    this.#starts = old.map((row) => [...row]);
    const none = queues.map(() => 0);
    const ways: Way[][] = Array.from({ length: this.#size + 1 }, () => []);
    ways[0] = [{ start: at, behind: none }];
    for (let rule = 0; rule < this.#size; rule++) {
      // From the longest down, so that a rule extends no chain that it just made.
      for (let length = this.#size - 1; length >= 0; length--) {
        for (const way of [...(ways[length] ?? [])]) {
          for (const [i, queue] of queues.entries()) {
            const place = queue.findIndex((rules, j) => j >= (way.behind[i] ?? 0) && rules & (1 << rule));
            if (place < 0) continue;
            const behind = way.behind.with(i, place + 1);
            this.#improve(length + 1, rule, way.start);
            keep(ways[length + 1] ?? [], { start: way.start, behind });
          }
        }
      }
      for (let length = 1; length <= this.#size; length++) {
        const start = old[length - 1]?.[rule] ?? Number.NEGATIVE_INFINITY;
        if (start > Number.NEGATIVE_INFINITY) keep(ways[length] ?? [], { start, behind: none });
      }
    }
  }

  #improve(length: number, rule: number, start: number): void {
    const row = this.#starts[length - 1] ?? [];
    row[rule] = Math.max(start, row[rule] ?? Number.NEGATIVE_INFINITY);
    this.#starts[length - 1] = row;
  }

  #latest(length: number, before: number): number {
    const row = this.#starts[length - 1] ?? [];
    let latest = Number.NEGATIVE_INFINITY;
    for (let rule = 0; rule < before; rule++)
      latest = Math.max(latest, row[rule] ?? Number.NEGATIVE_INFINITY);
    return latest;
  }
}

/** Adds a way unless another is as good, and drops those that it is as good as. */
function keep(ways: Way[], way: Way): void {
  if (ways.some((other) => isAsGood(other, way))) return;
  const left = ways.filter((other) => !isAsGood(way, other));
  ways.splice(0, ways.length, ...left);
  if (ways.length < MOST_WAYS) ways.push(way);
}

function isAsGood(one: Way, other: Way): boolean {
  return one.start >= other.start && one.behind.every((count, i) => count <= (other.behind[i] ?? 0));
}
