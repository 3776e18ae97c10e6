import type { Threshold, ThresholdOperator } from './correlation-type.ts';
import { type Decimal, decimalOf } from './decimal.ts';

/** What a measure gives: a count, or an exact fraction, so that three times 0.1 is 0.3 (SIGMA K6). */
export type Figure = number | Fraction;

export interface Fraction {
  readonly of: bigint;
  /** Above 0. */
  readonly by: bigint;
}

/** The thresholds of a condition as one test; all hold in the same window. */
export function thresholdTest(thresholds: readonly Threshold[]): (figure: Figure) => boolean {
  const tests = thresholds.map(({ is, value, text }) => {
    const to = decimalOf(text ?? String(value)) ?? ZERO;
    const holds = HOLDS[is];
    return (figure: Figure) => holds(compareTo(figure, to));
  });
  return (figure) => tests.every((test) => test(figure));
}

const HOLDS: Readonly<Record<ThresholdOperator, (sign: number) => boolean>> = {
  gt: (sign) => sign > 0,
  gte: (sign) => sign >= 0,
  lt: (sign) => sign < 0,
  lte: (sign) => sign <= 0,
  eq: (sign) => sign === 0,
  neq: (sign) => sign !== 0,
};

/** The figure as a double, for showing. */
export function shownFigure(figure: Figure): number {
  if (typeof figure === 'number') return figure;
  let { of, by } = figure;
  // Doubles end at 10^308: digits that no double shows go first.
  const excess = String(by).length - 40;
  if (excess > 0) {
    of /= 10n ** BigInt(excess);
    by /= 10n ** BigInt(excess);
  }
  return Number(of / by) + Number(of % by) / Number(by);
}

const ZERO: Decimal = { digits: 0n, scale: 0, approximate: 0 };

function compareTo(figure: Figure, to: Decimal): number {
  if (typeof figure === 'number' && figure !== to.approximate) return figure - to.approximate;
  const { of, by } = typeof figure === 'number' ? { of: BigInt(figure), by: 1n } : figure;
  const difference = of * 10n ** BigInt(to.scale) - to.digits * by;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
