import { numberOf } from '../../values/scalar.ts';
import type { Occurrence } from '../occurrence.ts';

/** The number that an occurrence has for the correlation's field; only usable occurrences are asked. */
export function numberIn(occurrence: Occurrence): number {
  return numberOf(occurrence.values[0]) ?? 0;
}
