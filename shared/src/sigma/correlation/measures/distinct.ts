import type { Kept } from '../occurrence.ts';
import { tupleKey } from '../tuple.ts';
import type { Measure } from './measure.ts';

/** Distinct values, or tuples of values, equal as texts are to people (R4). */
export class DistinctMeasure implements Measure {
  readonly #counts = new Map<string, number>();
  add(instant: readonly Kept[]): void {
    for (const { occurrence } of instant) {
      const key = tupleKey(occurrence.values);
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    }
  }
  remove({ occurrence }: Kept): void {
    const key = tupleKey(occurrence.values);
    const left = (this.#counts.get(key) ?? 0) - 1;
    if (left > 0) this.#counts.set(key, left);
    else this.#counts.delete(key);
  }
  value(): number {
    return this.#counts.size;
  }
}
