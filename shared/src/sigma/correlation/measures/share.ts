import type { Figure } from '../figure.ts';
import type { Kept } from '../occurrence.ts';
import { tupleKey } from '../tuple.ts';
import type { Measure } from './measure.ts';

/** A value with the occurrences in the window that have it: `kept` from `head` on, oldest first. */
export interface Shared {
  readonly key: string;
  readonly figure: Figure;
  readonly kept: readonly Kept[];
  readonly head: number;
}

/** Each value's share of the window in percent: what value_percentile asks without `percentile` (SIGMA K7). */
export class ShareMeasure implements Measure {
  readonly #values = new Map<string, { kept: Kept[]; head: number }>();
  /** How often → the values that are there so often: few classes, however many values. */
  readonly #classes = new Map<number, Set<string>>();
  #count = 0;

  add(instant: readonly Kept[]): void {
    for (const kept of instant) {
      const key = tupleKey(kept.occurrence.values);
      const value = this.#values.get(key) ?? { kept: [], head: 0 };
      this.#values.set(key, value);
      this.#move(key, value.kept.length - value.head, 1);
      value.kept.push(kept);
      this.#count++;
    }
  }

  remove({ occurrence }: Kept): void {
    const key = tupleKey(occurrence.values);
    const value = this.#values.get(key);
    if (value === undefined) return;
    this.#move(key, value.kept.length - value.head, -1);
    value.head++;
    this.#count--;
    if (value.head === value.kept.length) this.#values.delete(key);
    else if (value.head > 64 && value.head * 2 > value.kept.length) {
      value.kept = value.kept.slice(value.head);
      value.head = 0;
    }
  }

  /** The smallest share; `those` gives each. */
  value(): Figure | undefined {
    return this.#count === 0 ? undefined : this.#share(Math.min(...this.#classes.keys()));
  }

  /** The values whose share passes. */
  *those(pass: (figure: Figure) => boolean): Generator<Shared> {
    for (const [often, keys] of this.#classes) {
      const figure = this.#share(often);
      if (!pass(figure)) continue;
      for (const key of keys) {
        const value = this.#values.get(key);
        if (value !== undefined) yield { key, figure, kept: value.kept, head: value.head };
      }
    }
  }

  #share(often: number): Figure {
    return { of: 100n * BigInt(often), by: BigInt(this.#count) };
  }

  #move(key: string, often: number, by: 1 | -1): void {
    const from = this.#classes.get(often);
    from?.delete(key);
    if (from?.size === 0) this.#classes.delete(often);
    if (often + by === 0) return;
    const to = this.#classes.get(often + by) ?? new Set();
    to.add(key);
    this.#classes.set(often + by, to);
  }
}
