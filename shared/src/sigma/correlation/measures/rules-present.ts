import type { Predicate } from '../../predicate.ts';
import type { Occurrence } from '../occurrence.ts';
import type { Measure } from './measure.ts';

/** How many of the referenced rules have an occurrence. */
export class RulesMeasure implements Measure {
  readonly #counts: number[];
  constructor(rules: number) {
    this.#counts = Array<number>(rules).fill(0);
  }
  add(occurrence: Occurrence): void {
    for (const i of this.#counts.keys())
      if ((occurrence.rules & (1 << i)) !== 0) this.#counts[i] = (this.#counts[i] ?? 0) + 1;
  }
  remove(occurrence: Occurrence): void {
    for (const i of this.#counts.keys())
      if ((occurrence.rules & (1 << i)) !== 0) this.#counts[i] = (this.#counts[i] ?? 0) - 1;
  }
  value(): number {
    return this.#counts.filter((count) => count > 0).length;
  }
  present(expression: Predicate, names: readonly string[], _from: number): boolean {
    const here = new Set(names.filter((_, i) => (this.#counts[i] ?? 0) > 0));
    return here.size > 0 && holds(expression, here);
  }
}

function holds(predicate: Predicate, present: ReadonlySet<string>): boolean {
  switch (predicate.kind) {
    case 'and':
      return predicate.of.every((part) => holds(part, present));
    case 'or':
      return predicate.of.some((part) => holds(part, present));
    case 'not':
      return !holds(predicate.of, present);
    case 'selection':
      return present.has(predicate.name);
    default:
      return false;
  }
}
