const TABLES = tables();

/** CRC-32 (RFC 1952 §8) of `bytes` after what `crc`, 0 at first, already covers: four bytes at a step. */
export function crc32(bytes: Uint8Array, crc = 0): number {
  const [t0, t1, t2, t3] = TABLES;
  let c = ~crc;
  let at = 0;
  for (const end = bytes.length - 3; at < end; at += 4) {
    c ^= at4(bytes, at) | (at4(bytes, at + 1) << 8) | (at4(bytes, at + 2) << 16) | (at4(bytes, at + 3) << 24);
    c = at4(t3, c & 255) ^ at4(t2, (c >>> 8) & 255) ^ at4(t1, (c >>> 16) & 255) ^ at4(t0, c >>> 24);
  }
  for (; at < bytes.length; at++) c = at4(t0, (c ^ at4(bytes, at)) & 255) ^ (c >>> 8);
  return ~c >>> 0;
}

function at4(array: Uint8Array | Uint32Array, index: number): number {
  return array[index] as number;
}

function tables(): readonly [Uint32Array, Uint32Array, Uint32Array, Uint32Array] {
  const all = [0, 1, 2, 3].map(() => new Uint32Array(256));
  const [t0, t1, t2, t3] = all as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    t0[n] = c;
  }
  for (const [before, table] of [
    [t0, t1],
    [t1, t2],
    [t2, t3],
  ] as const)
    for (let n = 0; n < 256; n++) table[n] = (at4(before, n) >>> 8) ^ at4(t0, at4(before, n) & 255);
  return [t0, t1, t2, t3];
}
