/** Longest code of deflate, in bits (RFC 1951 §3.2.7). */
const MAX_BITS = 15;

/** Codes as a table by the next `bits` bits of the stream: symbol × 16 + length of its code; 0 where no code begins so. */
export interface Codes {
  readonly table: Uint32Array;
  readonly bits: number;
}

/**
 * The codes that code lengths stand for (RFC 1951 §3.2.2). Undefined where they are too many or leave bits without meaning;
 * one single code of one bit, or none at all, is what a block without distances has.
 */
export function codesOf(lengths: Uint8Array): Codes | undefined {
  const counts = new Uint16Array(MAX_BITS + 1);
  for (const length of lengths) counts[length] = (counts[length] as number) + 1;
  counts[0] = 0;
  let bits = MAX_BITS;
  while (bits > 1 && counts[bits] === 0) bits--;
  const next = new Uint16Array(MAX_BITS + 2);
  let free = 1;
  for (let length = 1; length <= MAX_BITS; length++) {
    const count = counts[length] as number;
    free = free * 2 - count;
    if (free < 0) return undefined;
    next[length + 1] = ((next[length] as number) + count) << 1;
  }
  if (free > 0 && bits > 1) return undefined;
  const table = new Uint32Array(1 << bits);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol] as number;
    if (length === 0) continue;
    const code = next[length] as number;
    next[length] = code + 1;
    const entry = (symbol << 4) | length;
    for (let at = reversed(code, length); at < table.length; at += 1 << length) table[at] = entry;
  }
  return { table, bits };
}

function reversed(code: number, length: number): number {
  let from = code;
  let to = 0;
  for (let bit = 0; bit < length; bit++) {
    to = (to << 1) | (from & 1);
    from >>>= 1;
  }
  return to;
}

/** The codes of blocks that bring none (RFC 1951 §3.2.6). */
export const FIXED = {
  literals: codesOf(
    Uint8Array.from({ length: 288 }, (_, n) => (n < 144 ? 8 : n < 256 ? 9 : n < 280 ? 7 : 8)),
  ) as Codes,
  distances: codesOf(new Uint8Array(32).fill(5)) as Codes,
};
