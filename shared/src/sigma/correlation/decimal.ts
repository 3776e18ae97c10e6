import { numberOf } from '../values/scalar.ts';

/** A decimal number without loss: `digits` divided by 10 to the power of `scale`. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
  /** The nearest double, for ordering at once and for showing. */
  readonly approximate: number;
}

/** Longer texts and larger exponents count as the double that they are (SIGMA R10), so that no value costs much. */
const MOST_DIGITS = 60;
const MOST_EXPONENT = 60;

/** `text` as a number where it counts as one (SIGMA R10) and a double can hold its size. */
export function decimalOf(text: string): Decimal | undefined {
  const approximate = numberOf(text);
  if (approximate === undefined || !Number.isFinite(approximate)) return undefined;
  const exact = text.length <= MOST_DIGITS ? split(text) : undefined;
  const { whole, fraction, exponent } =
    exact !== undefined && Math.abs(exact.exponent) <= MOST_EXPONENT ? exact : split(String(approximate));
  const scale = fraction.length - exponent;
  const digits = BigInt(whole + fraction);
  return scale >= 0
    ? { digits, scale, approximate }
    : { digits: digits * 10n ** BigInt(-scale), scale: 0, approximate };
}

function split(number: string): {
  readonly whole: string;
  readonly fraction: string;
  readonly exponent: number;
} {
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] =
    /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number) ?? [];
  return { whole: `${sign === '-' ? '-' : ''}${whole}`, fraction, exponent: Number(exponent) };
}

/** `decimal`'s digits at a scale that is not less than its own. */
export function digitsAt({ digits, scale }: Decimal, wanted: number): bigint {
  return wanted === scale ? digits : digits * 10n ** BigInt(wanted - scale);
}

/** Below 0, 0 or above 0, as `a` is less than, equal to or greater than `b`. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.approximate !== b.approximate) return a.approximate - b.approximate;
  const scale = Math.max(a.scale, b.scale);
  const difference = digitsAt(a, scale) - digitsAt(b, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
