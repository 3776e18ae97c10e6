import type { Occurrence } from '../occurrence.ts';
import type { Measure } from './measure.ts';
import { numberIn } from './number-in.ts';

/** The sum or the average of the values. */
export class SumMeasure implements Measure {
  readonly #of: 'sum' | 'average';
  #sum = 0;
  #count = 0;
  constructor(of: 'sum' | 'average') {
    this.#of = of;
  }
  add(occurrence: Occurrence): void {
    this.#sum += numberIn(occurrence);
    this.#count++;
  }
  remove(occurrence: Occurrence): void {
    this.#count--;
    // Sums of fractions drift as values come and go: an empty window starts afresh.
    this.#sum = this.#count === 0 ? 0 : this.#sum - numberIn(occurrence);
  }
  value(): number | undefined {
    if (this.#count === 0) return undefined;
    return this.#of === 'sum' ? this.#sum : this.#sum / this.#count;
  }
}
