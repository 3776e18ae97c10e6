/** A well-mixed 32-bit number from a counter: the same rows on every machine, in any order of asking. */
export function hash32(n: number): number {
  let h = Math.imul(n ^ (n >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/** `items[hash mod length]`, for a list that is known not to be empty. */
export function pick<T>(items: readonly [T, ...T[]], n: number): T {
  return items[hash32(n) % items.length] ?? items[0];
}

/** 64 hex digits that look like a digest and depend on `seed` alone. */
export function fakeDigest(seed: number, digits = 64): string {
  let out = '';
  for (let i = 0; out.length < digits; i++)
    out += hash32(seed * 977 + i)
      .toString(16)
      .padStart(8, '0');
  return out.slice(0, digits);
}
