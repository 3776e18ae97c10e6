const P1 = 0x9e3779b185ebca87n;
const P2 = 0xc2b2ae3d27d4eb4fn;
const P3 = 0x165667b19e3779f9n;
const P4 = 0x85ebca77c2b2ae63n;
const P5 = 0x27d4eb2f165667c5n;

const STRIPE = 32;

/**
 * XXH64 with seed 0: the checksum of zstd frames (RFC 8878 §3.1.1). Lanes are pairs of 32 bits, since with BigInt hashing would
 * cost more than unpacking; only the end of a digest is.
 */
export class Xxh64 {
  /** Four lanes, each the low half and then the high half. */
  readonly #lanes = Uint32Array.from([P1 + P2, P2, 0n, -P1].flatMap((lane) => [low(lane), low(lane >> 32n)]));
  readonly #rest = new Uint8Array(STRIPE);
  #resting = 0;
  #total = 0;

  update(bytes: Uint8Array): void {
    this.#total += bytes.length;
    let at = 0;
    if (this.#resting > 0) {
      at = Math.min(STRIPE - this.#resting, bytes.length);
      this.#rest.set(bytes.subarray(0, at), this.#resting);
      this.#resting += at;
      if (this.#resting < STRIPE) return;
      this.#stripes(this.#rest);
      this.#resting = 0;
    }
    const whole = at + (bytes.length - at - ((bytes.length - at) % STRIPE));
    this.#stripes(bytes.subarray(at, whole));
    this.#rest.set(bytes.subarray(whole));
    this.#resting = bytes.length - whole;
  }

  /** The digest of what came so far. */
  digest(): bigint {
    const lanes = [0, 2, 4, 6].map(
      (at) => (BigInt(this.#lanes[at + 1] ?? 0) << 32n) | BigInt(this.#lanes[at] ?? 0),
    );
    let hash = P5;
    if (this.#total >= STRIPE) {
      hash = [1n, 7n, 12n, 18n].reduce((sum, by, i) => sum + rotated(lanes[i] ?? 0n, by), 0n);
      for (const lane of lanes) hash = (hash ^ mixed(lane)) * P1 + P4;
    }
    hash = BigInt.asUintN(64, hash + BigInt(this.#total));
    const view = new DataView(this.#rest.buffer);
    let at = 0;
    for (; at + 8 <= this.#resting; at += 8)
      hash = rotated(hash ^ mixed(view.getBigUint64(at, true)), 27n) * P1 + P4;
    if (at + 4 <= this.#resting) {
      hash = rotated(hash ^ (BigInt(view.getUint32(at, true)) * P1), 23n) * P2 + P3;
      at += 4;
    }
    for (; at < this.#resting; at++) hash = rotated(hash ^ (BigInt(this.#rest[at] ?? 0) * P5), 11n) * P1;
    hash = BigInt.asUintN(64, hash);
    hash = BigInt.asUintN(64, (hash ^ (hash >> 33n)) * P2);
    hash = BigInt.asUintN(64, (hash ^ (hash >> 29n)) * P3);
    return hash ^ (hash >> 32n);
  }

  #stripes(bytes: Uint8Array): void {
    const lanes = this.#lanes;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < bytes.length; at += 8) {
      const lane = (at >>> 2) & 6;
      const inLow = view.getUint32(at, true);
      // lane += input * P2
      const productLow = Math.imul(inLow, P2_LOW) >>> 0;
      const productHigh =
        (high(inLow, P2_LOW) +
          Math.imul(inLow, P2_HIGH) +
          Math.imul(view.getUint32(at + 4, true), P2_LOW)) >>>
        0;
      const sumLow = (lanes[lane] ?? 0) + productLow;
      const sumHigh = ((lanes[lane + 1] ?? 0) + productHigh + (sumLow > 0xffff_ffff ? 1 : 0)) >>> 0;
      const l = sumLow >>> 0;
      // Rotated left by 31.
      const turnedLow = ((l << 31) | (sumHigh >>> 1)) >>> 0;
      const turnedHigh = ((sumHigh << 31) | (l >>> 1)) >>> 0;
      // lane *= P1
      lanes[lane] = Math.imul(turnedLow, P1_LOW);
      lanes[lane + 1] =
        high(turnedLow, P1_LOW) + Math.imul(turnedLow, P1_HIGH) + Math.imul(turnedHigh, P1_LOW);
    }
  }
}

const P1_LOW = low(P1);
const P1_HIGH = low(P1 >> 32n);
const P2_LOW = low(P2);
const P2_HIGH = low(P2 >> 32n);

function low(value: bigint): number {
  return Number(BigInt.asUintN(32, value));
}

/** High 32 bits of the product of two unsigned numbers of 32 bits. */
function high(a: number, b: number): number {
  const [a0, a1, b0, b1] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  return a1 * b1 + (middle >>> 16) + ((a0 * b1 + (middle & 0xffff)) >>> 16);
}

function rotated(value: bigint, by: bigint): bigint {
  const bits = BigInt.asUintN(64, value);
  return BigInt.asUintN(64, (bits << by) | (bits >> (64n - by)));
}

function mixed(value: bigint): bigint {
  return BigInt.asUintN(64, rotated(BigInt.asUintN(64, value) * P2, 31n) * P1);
}
