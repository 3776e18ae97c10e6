import { type Codes, codesOf, FIXED } from './huffman.ts';

const WINDOW = 32_768;
const OUTPUT = 262_144;
const LONGEST_COPY = 258;
/** No symbol with its copy takes more bits, and no block's codes (RFC 1951 §3.2.5, §3.2.7). */
const SYMBOL_BITS = 48;
const CODES_BITS = 4_800;

const LENGTH_BITS = Uint8Array.from([
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
]);
const LENGTH_BASE = bases(LENGTH_BITS, 3);
LENGTH_BASE[28] = LONGEST_COPY;
const DISTANCE_BITS = Uint8Array.from({ length: 30 }, (_, n) => Math.max(0, (n >> 1) - 1));
const DISTANCE_BASE = bases(DISTANCE_BITS, 1);
/** Order in which the lengths of the codes for code lengths stand. */
const LENGTHS_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Bytes to unpack, with zeros behind their end; `bit` is how far they were read. */
export interface BitInput {
  readonly bytes: Uint8Array;
  readonly end: number;
  /** Whether nothing comes after `end`. */
  readonly final: boolean;
  bit: number;
}

/** Zeros that must stand behind the end of `BitInput.bytes`: bits are looked at before it is known that they are there. */
export const PADDING = 8;

/** What stopped the unpacking; `damaged` where the bits mean nothing. */
export type Stop = 'more input' | 'output' | 'end' | 'cut' | 'damaged';

/**
 * Unpacks a deflate stream (RFC 1951) piece by piece. Our own, because no unpacking that browsers have tells where a stream ends,
 * which files of several members need, or gives all that stands before a cut.
 */
export class Inflate {
  readonly #out = new Uint8Array(WINDOW + OUTPUT);
  /** The output that was not taken yet; before it stands the window. */
  #from = WINDOW;
  #to = WINDOW;
  /** How far back a copy can reach. */
  #reach = 0;
  #block: 'none' | 'stored' | 'coded' = 'none';
  #last = false;
  #stored = 0;
  #literals: Codes = FIXED.literals;
  #distances: Codes = FIXED.distances;

  /** Makes ready for another stream. */
  restart(): void {
    this.#reach = 0;
    this.#last = false;
    this.#block = 'none';
  }

  /** What came out since it was last taken; good until `run` is called again. */
  take(): Uint8Array {
    const taken = this.#out.subarray(this.#from, this.#to);
    this.#from = this.#to;
    return taken;
  }

  /** Goes on until the stream ends, more input is needed, or output has to be taken. */
  run(input: BitInput): Stop {
    for (;;) {
      if (this.#to > this.#out.length - LONGEST_COPY) {
        if (this.#from < this.#to) return 'output';
        this.#out.copyWithin(0, this.#to - WINDOW, this.#to);
        this.#from = this.#to = WINDOW;
      }
      if (this.#block === 'none' && this.#last) return 'end';
      const stop =
        this.#block === 'none'
          ? this.#open(input)
          : this.#block === 'stored'
            ? this.#copyStored(input)
            : this.#decode(input);
      if (stop !== undefined) return stop;
    }
  }

  /** Reads the head of a block; all of it, or none where more has to come. */
  #open(input: BitInput): Stop | undefined {
    const bits = new Bits(input);
    if (!input.final && bits.left < CODES_BITS) return 'more input';
    this.#last = bits.take(1) === 1;
    const type = bits.take(2);
    if (bits.left < 0) return 'cut';
    if (type === 0) {
      bits.align();
      this.#stored = bits.take(16);
      const check = bits.take(16);
      if (bits.left < 0) return 'cut';
      if ((this.#stored ^ check) !== 0xffff) return 'damaged';
      this.#block = 'stored';
    } else if (type === 1) {
      this.#literals = FIXED.literals;
      this.#distances = FIXED.distances;
      this.#block = 'coded';
    } else {
      const stop = type === 2 ? this.#readCodes(bits) : 'damaged';
      // Codes of bits that are not there are no codes: a cut before they end is a cut, whatever zeros would mean.
      if (stop !== undefined) return bits.left < 0 ? 'cut' : stop;
      this.#block = 'coded';
    }
    input.bit = bits.at;
    return undefined;
  }

  #readCodes(bits: Bits): Stop | undefined {
    const literals = bits.take(5) + 257;
    const distances = bits.take(5) + 1;
    const count = bits.take(4) + 4;
    if (literals > 286 || distances > 30) return 'damaged';
    const order = new Uint8Array(19);
    for (const symbol of LENGTHS_ORDER.slice(0, count)) order[symbol] = bits.take(3);
    const codes = codesOf(order);
    if (codes === undefined) return 'damaged';
    const lengths = new Uint8Array(literals + distances);
    for (let at = 0; at < lengths.length; ) {
      const symbol = bits.symbol(codes);
      if (bits.left < 0) return 'cut';
      if (symbol === undefined) return 'damaged';
      if (symbol < 16) {
        lengths[at++] = symbol;
        continue;
      }
      if (symbol === 16 && at === 0) return 'damaged';
      const value = symbol === 16 ? (lengths[at - 1] as number) : 0;
      const times = symbol === 16 ? 3 + bits.take(2) : symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7);
      if (at + times > lengths.length) return 'damaged';
      lengths.fill(value, at, at + times);
      at += times;
    }
    if (bits.left < 0) return 'cut';
    const own = codesOf(lengths.subarray(0, literals));
    const far = codesOf(lengths.subarray(literals));
    // A block that has no code for its end has none.
    if (own === undefined || far === undefined || lengths[256] === 0) return 'damaged';
    this.#literals = own;
    this.#distances = far;
    return undefined;
  }

  #copyStored(input: BitInput): Stop | undefined {
    const at = input.bit >> 3;
    const length = Math.min(this.#stored, input.end - at, this.#out.length - this.#to);
    this.#out.set(input.bytes.subarray(at, at + length), this.#to);
    this.#to += length;
    this.#reach += length;
    this.#stored -= length;
    input.bit += length * 8;
    if (this.#stored === 0) this.#block = 'none';
    else if (this.#to <= this.#out.length - LONGEST_COPY) return input.final ? 'cut' : 'more input';
    return undefined;
  }

  /** The one hot place: everything in locals, bits looked up by their place. */
  #decode(input: BitInput): Stop | undefined {
    const { bytes } = input;
    const out = this.#out;
    const literals = this.#literals.table;
    const distances = this.#distances.table;
    const literalMask = literals.length - 1;
    const distanceMask = distances.length - 1;
    const endBit = input.end * 8;
    const enough = input.final ? endBit : endBit - SYMBOL_BITS;
    const room = out.length - LONGEST_COPY;
    const start = this.#to - this.#reach;
    let bit = input.bit;
    let to = this.#to;
    let stop: Stop | undefined;
    for (;;) {
      if (to > room) break;
      if (bit > enough) {
        stop = input.final ? 'cut' : 'more input';
        break;
      }
      let word = wordAt(bytes, bit);
      const entry = literals[word & literalMask] as number;
      const taken = entry & 15;
      let after = bit + taken;
      if (after > endBit || taken === 0) {
        stop = bit + this.#literals.bits > endBit ? 'cut' : 'damaged';
        break;
      }
      const symbol = entry >> 4;
      if (symbol < 256) {
        out[to++] = symbol;
        bit = after;
        continue;
      }
      if (symbol === 256) {
        bit = after;
        this.#block = 'none';
        break;
      }
      const n = symbol - 257;
      const lengthBits = LENGTH_BITS[n] as number;
      const length = (LENGTH_BASE[n] as number) + ((word >>> taken) & ((1 << lengthBits) - 1));
      after += lengthBits;
      word = wordAt(bytes, after);
      const farEntry = distances[word & distanceMask] as number;
      const farTaken = farEntry & 15;
      const far = farEntry >> 4;
      after += farTaken;
      const distanceBits = DISTANCE_BITS[far] as number;
      word = wordAt(bytes, after);
      const distance = (DISTANCE_BASE[far] as number) + (word & ((1 << distanceBits) - 1));
      after += distanceBits;
      if (after > endBit || farTaken === 0) {
        stop = after + this.#distances.bits > endBit ? 'cut' : 'damaged';
        break;
      }
      if (n > 28 || far > 29 || distance > to - start) {
        stop = 'damaged';
        break;
      }
      bit = after;
      if (distance >= length && length > 32) {
        out.copyWithin(to, to - distance, to - distance + length);
        to += length;
      } else for (const end = to + length; to < end; to++) out[to] = out[to - distance] as number;
    }
    input.bit = bit;
    this.#reach = to - start;
    this.#to = to;
    return stop;
  }
}

/** Bits in the order of the stream, for what stands before the symbols. */
class Bits {
  readonly #input: BitInput;
  at: number;

  constructor(input: BitInput) {
    this.#input = input;
    this.at = input.bit;
  }

  /** Bits that are left; negative once more were taken than there are. */
  get left(): number {
    return this.#input.end * 8 - this.at;
  }

  align(): void {
    this.at = (this.at + 7) & ~7;
  }

  take(count: number): number {
    const value = wordAt(this.#input.bytes, this.at) & ((1 << count) - 1);
    this.at += count;
    return value;
  }

  symbol({ table }: Codes): number | undefined {
    const entry = table[wordAt(this.#input.bytes, this.at) & (table.length - 1)] as number;
    this.at += entry & 15;
    return entry === 0 ? undefined : entry >> 4;
  }
}

/** At least 25 bits of the stream from `bit` on. Behind the end stand zeros. */
function wordAt(bytes: Uint8Array, bit: number): number {
  const at = bit >> 3;
  return (
    (((bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)) >>>
      (bit & 7)) |
    0
  );
}

function bases(bits: Uint8Array, first: number): Uint16Array {
  const all = new Uint16Array(bits.length);
  for (let n = 0, base = first; n < bits.length; n++) {
    all[n] = base;
    base += 1 << (bits[n] as number);
  }
  return all;
}
