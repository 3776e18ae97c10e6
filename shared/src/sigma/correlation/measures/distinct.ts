import { fold } from '../../values/fold.ts';
import type { Occurrence } from '../occurrence.ts';
import type { Measure } from './measure.ts';

/** Distinct values, or tuples of values, equal as texts are to people (R4). */
export class DistinctMeasure implements Measure {
  readonly #counts = new Map<string, number>();
  add(occurrence: Occurrence): void {
    const key = tuple(occurrence);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }
  remove(occurrence: Occurrence): void {
    const key = tuple(occurrence);
    const left = (this.#counts.get(key) ?? 0) - 1;
    if (left > 0) this.#counts.set(key, left);
    else this.#counts.delete(key);
  }
  value(): number {
    return this.#counts.size;
  }
}

function tuple(occurrence: Occurrence): string {
  return fold(occurrence.values.join('\0'));
}
