import type { Kept } from '../occurrence.ts';
import type { Measure } from './measure.ts';

/** How many events there are. */
export class CountMeasure implements Measure {
  #count = 0;
  add(instant: readonly Kept[]): void {
    this.#count += instant.length;
  }
  remove(): void {
    this.#count--;
  }
  value(): number {
    return this.#count;
  }
}
