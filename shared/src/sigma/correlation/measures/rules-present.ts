import type { Kept } from '../occurrence.ts';
import type { Measure } from './measure.ts';

/** Which of the referenced rules have an occurrence. */
export class RulesMeasure implements Measure {
  readonly #counts: number[];
  constructor(rules: number) {
    this.#counts = Array<number>(rules).fill(0);
  }
  add(instant: readonly Kept[]): void {
    for (const kept of instant) this.#change(kept, 1);
  }
  remove(kept: Kept): void {
    this.#change(kept, -1);
  }
  value(): number {
    return this.#counts.reduce((present, count) => present + (count > 0 ? 1 : 0), 0);
  }
  /** Bit i: the i-th rule has an occurrence. */
  present(): number {
    return this.#counts.reduce((present, count, i) => (count > 0 ? present | (1 << i) : present), 0);
  }
  #change({ occurrence }: Kept, by: 1 | -1): void {
    for (let i = 0; i < this.#counts.length; i++)
      if ((occurrence.rules & (1 << i)) !== 0) this.#counts[i] = (this.#counts[i] ?? 0) + by;
  }
}
