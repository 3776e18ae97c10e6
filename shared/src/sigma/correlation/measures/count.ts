import type { Measure } from './measure.ts';

/** How many events there are. */
export class CountMeasure implements Measure {
  #count = 0;
  add(): void {
    this.#count++;
  }
  remove(): void {
    this.#count--;
  }
  value(): number {
    return this.#count;
  }
}
