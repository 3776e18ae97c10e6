import type { Predicate } from '../../predicate.ts';
import type { Occurrence } from '../occurrence.ts';
import type { Measure } from './measure.ts';
import { RulesMeasure } from './rules-present.ts';

/**
 * Chains of occurrences in the order of the list (SIGMA K9): for each length and last rule, the latest time at which
 * such a chain can have started. The latest start is enough, because it stays in a sliding window the longest.
 */
export class ChainMeasure implements Measure {
  readonly #rules: RulesMeasure;
  readonly #size: number;
  /** `[length - 1][last rule]` → start. */
  readonly #starts: number[][] = [];

  constructor(size: number) {
    this.#size = size;
    this.#rules = new RulesMeasure(size);
  }

  add(occurrence: Occurrence): void {
    this.#rules.add(occurrence);
    // From the last rule down, so that one occurrence fills one place of a chain only.
    for (let rule = this.#size - 1; rule >= 0; rule--) {
      if ((occurrence.rules & (1 << rule)) === 0) continue;
      for (let length = rule + 1; length >= 1; length--) {
        const start = length === 1 ? occurrence.at : this.#latest(length - 1, rule);
        const row = this.#starts[length - 1] ?? [];
        row[rule] = Math.max(start, row[rule] ?? Number.NEGATIVE_INFINITY);
        this.#starts[length - 1] = row;
      }
    }
  }

  remove(occurrence: Occurrence): void {
    this.#rules.remove(occurrence);
  }

  /** The longest chain that starts in the window. */
  value(from: number): number {
    for (let length = this.#size; length >= 1; length--)
      if (this.#latest(length, this.#size) >= from) return length;
    return 0;
  }

  /** Rules that are asked for must be there in the order of the list. */
  present(expression: Predicate, names: readonly string[], from: number): boolean {
    const wanted = [...namesIn(expression)].length;
    return this.#rules.present(expression, names, from) && this.value(from) >= wanted;
  }

  #latest(length: number, before: number): number {
    const row = this.#starts[length - 1] ?? [];
    let latest = Number.NEGATIVE_INFINITY;
    for (let rule = 0; rule < before; rule++)
      latest = Math.max(latest, row[rule] ?? Number.NEGATIVE_INFINITY);
    return latest;
  }
}

/** Names that a boolean condition wants there, not those it wants absent. */
function* namesIn(predicate: Predicate): Generator<string> {
  if (predicate.kind === 'selection') yield predicate.name;
  if (predicate.kind === 'and' || predicate.kind === 'or')
    for (const part of predicate.of) yield* namesIn(part);
}
