import { digitsAt } from '../decimal.ts';
import type { Fraction } from '../figure.ts';
import type { Kept } from '../occurrence.ts';
import type { Measure } from './measure.ts';
import { numberIn } from './number-in.ts';

/** The sum or the average of the values, exact: a sum of doubles drifts as values come and go. */
export class SumMeasure implements Measure {
  readonly #of: 'sum' | 'average';
  #digits = 0n;
  #scale = 0;
  #count = 0;
  constructor(of: 'sum' | 'average') {
    this.#of = of;
  }
  add(instant: readonly Kept[]): void {
    for (const kept of instant) {
      const value = numberIn(kept);
      if (value.scale > this.#scale) {
        this.#digits *= 10n ** BigInt(value.scale - this.#scale);
        this.#scale = value.scale;
      }
      this.#digits += digitsAt(value, this.#scale);
      this.#count++;
    }
  }
  remove(kept: Kept): void {
    this.#digits -= digitsAt(numberIn(kept), this.#scale);
    this.#count--;
  }
  value(): Fraction | undefined {
    if (this.#count === 0) return undefined;
    const by = 10n ** BigInt(this.#scale);
    return { of: this.#digits, by: this.#of === 'sum' ? by : by * BigInt(this.#count) };
  }
}
