import { compareDecimals, type Decimal, decimalOf, digitsAt } from '../decimal.ts';
import type { Fraction } from '../figure.ts';
import type { Kept } from '../occurrence.ts';
import { SortedList } from '../sorted-list.ts';
import type { Measure } from './measure.ts';
import { numberIn } from './number-in.ts';

/** Interpolates linearly between the two nearest values (inclusive method), so that percentile 50 is the median. */
export class PercentileMeasure implements Measure {
  readonly #percentile: Decimal;
  readonly #sorted = new SortedList<Decimal>(compareDecimals);
  constructor(percentile: number) {
    this.#percentile = decimalOf(String(percentile)) ?? { digits: 50n, scale: 0, approximate: 50 };
  }
  add(instant: readonly Kept[]): void {
    for (const kept of instant) this.#sorted.add(numberIn(kept));
  }
  remove(kept: Kept): void {
    this.#sorted.remove(numberIn(kept));
  }
  value(): Fraction | undefined {
    if (this.#sorted.size === 0) return undefined;
    // The place is a fraction too: whole steps to the value below, the rest of the way to the next.
    const steps = this.#percentile.digits * BigInt(this.#sorted.size - 1);
    const step = 100n * 10n ** BigInt(this.#percentile.scale);
    const place = Number(steps / step);
    const below = this.#sorted.at(place);
    if (below === undefined) return undefined;
    const above = this.#sorted.at(place + 1) ?? below;
    const scale = Math.max(below.scale, above.scale);
    const [low, high] = [digitsAt(below, scale), digitsAt(above, scale)];
    return { of: low * step + (high - low) * (steps % step), by: step * 10n ** BigInt(scale) };
  }
}
