import type { Scalar } from '../../text/yaml-value.ts';

/** The text that equality works on (SIGMA R8, R9): `5.0` is `5`, `true` is `true`. */
export function canonicalText(value: Exclude<Scalar, null>): string {
  if (typeof value !== 'number') return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e38) return BigInt(value).toString();
  return String(value);
}

/** Texts that count as numbers (SIGMA R10): no blanks, `_`, hexadecimal or infinity. The same syntax in RE2 and here. */
export const NUMBER_SYNTAX = '[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?';

const NUMBER = new RegExp(`^${NUMBER_SYNTAX}$`);

/** `value` as a number where it counts as one (SIGMA R10). */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'string' && NUMBER.test(value) ? Number(value) : undefined;
}

const WHOLE = /^[+-]?[0-9]+$/;

/**
 * How two texts compare as numbers: below, at or above zero; undefined where one of them is none (SIGMA R10). Whole numbers
 * are exact whatever their length, others are doubles.
 */
export function compareNumbers(one: string, other: string): number | undefined {
  if (!NUMBER.test(one) || !NUMBER.test(other)) return undefined;
  if (WHOLE.test(one) && WHOLE.test(other)) {
    // Doubles tell whole numbers of up to 15 digits exactly, and are many times faster than big ones.
    if (one.length < 16 && other.length < 16) return Math.sign(Number(one) - Number(other));
    const difference = BigInt(one.replace('+', '')) - BigInt(other.replace('+', ''));
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }
  const [a, b] = [Number(one), Number(other)];
  return a < b ? -1 : a > b ? 1 : 0;
}
