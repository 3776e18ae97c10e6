import type { Occurrence } from '../occurrence.ts';
import type { Measure } from './measure.ts';
import { numberIn } from './number-in.ts';

/** Interpolates linearly between the two nearest values (inclusive method), so that percentile 50 is the median. */
export class PercentileMeasure implements Measure {
  readonly #share: number;
  readonly #sorted: number[] = [];
  constructor(percentile: number) {
    this.#share = percentile / 100;
  }
  add(occurrence: Occurrence): void {
    const value = numberIn(occurrence);
    this.#sorted.splice(this.#place(value), 0, value);
  }
  remove(occurrence: Occurrence): void {
    this.#sorted.splice(this.#place(numberIn(occurrence)), 1);
  }
  value(): number | undefined {
    const last = this.#sorted.length - 1;
    if (last < 0) return undefined;
    const at = this.#share * last;
    const below = this.#sorted[Math.floor(at)] ?? 0;
    const above = this.#sorted[Math.ceil(at)] ?? below;
    return below + (above - below) * (at - Math.floor(at));
  }
  /** Index of the first value that is not less than `value`. */
  #place(value: number): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
