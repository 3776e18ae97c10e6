import { type Decimal, decimalOf } from '../decimal.ts';
import type { Kept } from '../occurrence.ts';

const ZERO: Decimal = { digits: 0n, scale: 0, approximate: 0 };

/** The number that an occurrence has for the correlation's field; only usable occurrences are asked. */
export function numberIn({ occurrence }: Kept): Decimal {
  return decimalOf(occurrence.values[0] ?? '') ?? ZERO;
}
