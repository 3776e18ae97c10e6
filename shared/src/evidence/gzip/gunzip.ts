import type { Unpacked, Unpacking } from '../unpacked.ts';
import { crc32 } from './crc32.ts';
import { type BitInput, Inflate, PADDING } from './inflate.ts';

/** Bits are counted in 32: no piece of input may have more bytes than this. */
const MAX_PIECE = 2 ** 24;
/** Longest head of a member that is believed: names and comments have no length of their own. */
const MAX_HEAD = 2 ** 20;
const TRAILER = 8;

/**
 * The bytes that the members of a gzip file stand for (RFC 1952), as they come; a chunk is good until the next is asked for. Checksum and length
 * of each member are compared with what came out. Where the file breaks off, everything before the cut was given; where other bytes
 * follow a whole member, they are left alone.
 */
export async function* gunzip(chunks: AsyncIterable<Uint8Array>): Unpacking {
  const input = new Input(chunks);
  try {
    return yield* members(input);
  } finally {
    await input.close();
  }
}

async function* members(input: Input): Unpacking {
  const inflate = new Inflate();
  let given = 0;
  for (let whole = 0; ; whole++) {
    const head = await readHead(input);
    if (head === 'none' && whole === 0) throw new Error('there is no gzip member at byte 0');
    if (head === 'none')
      return { used: input.used, given, end: (await input.skipRest()) ? 'followed' : 'whole' };
    if (head === 'cut') return cut(input, given);
    inflate.restart();
    let crc = 0;
    let length = 0;
    for (let stop = inflate.run(input.bits); ; stop = inflate.run(input.bits)) {
      const bytes = inflate.take();
      if (bytes.length > 0) {
        crc = crc32(bytes, crc);
        length += bytes.length;
        given += bytes.length;
        yield bytes;
      }
      if (stop === 'end') break;
      if (stop === 'cut') return cut(input, given);
      if (stop === 'damaged') throw new Error(`its gzip data is damaged at byte ${input.used}`);
      if (stop === 'more input') await input.more();
    }
    const trailer = await input.peek(TRAILER);
    if (trailer.length < TRAILER) return cut(input, given);
    const ends = `the gzip member that ends at byte ${input.used + TRAILER}`;
    if (littleEndian(trailer, 0) !== crc)
      throw new Error(`${ends} has another content than that of its checksum`);
    if (littleEndian(trailer, 4) !== length % 2 ** 32)
      throw new Error(`${ends} holds ${length} bytes and states ${littleEndian(trailer, 4)}`);
    input.pass(TRAILER);
  }
}

async function cut(input: Input, given: number): Promise<Unpacked> {
  await input.skipRest();
  return { used: input.length, given, end: 'cut' };
}

/** Reads past the head of a member (RFC 1952 §2.3). `none`: what stands here is no member. */
async function readHead(input: Input): Promise<'read' | 'none' | 'cut'> {
  const begin = await input.peek(3);
  if (begin.length === 0 || [0x1f, 0x8b, 8].some((byte, at) => at < begin.length && begin[at] !== byte))
    return 'none';
  for (let wanted = 10; wanted <= MAX_HEAD; wanted = wanted * 2) {
    const bytes = await input.peek(wanted);
    const length = headLength(bytes);
    if (length !== undefined && length <= bytes.length) {
      const flags = bytes[3] as number;
      if ((flags & 0xe0) !== 0)
        throw new Error(`the gzip member at byte ${input.used} has flags that nobody defined`);
      const check = crc32(bytes.subarray(0, length - 2)) & 0xffff;
      if (
        (flags & 2) !== 0 &&
        ((bytes[length - 2] as number) | ((bytes[length - 1] as number) << 8)) !== check
      )
        throw new Error(`the head of the gzip member at byte ${input.used} is damaged`);
      input.pass(length);
      return 'read';
    }
    if (bytes.length < wanted) return 'cut';
  }
  throw new Error(`the head of the gzip member at byte ${input.used} has no end`);
}

/** Length of a member's head; undefined while its end does not show. */
function headLength(bytes: Uint8Array): number | undefined {
  const flags = bytes[3] ?? 0;
  let at = 10;
  if ((flags & 4) !== 0) at += 2 + ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    const zero = bytes.indexOf(0, at);
    if (zero < 0) return undefined;
    at = zero + 1;
  }
  return at + (flags & 2);
}

/** The compressed bytes: a piece of them with padding, and the place in the whole. */
class Input {
  readonly #chunks: AsyncIterator<Uint8Array>;
  /** Bytes before the piece that `bits` has. */
  #before = 0;
  bits: BitInput = { bytes: new Uint8Array(PADDING), end: 0, final: false, bit: 0 };
  #waiting: Uint8Array = new Uint8Array(0);
  #skipped = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Bytes read, a begun one with them. */
  get used(): number {
    return this.#before + Math.ceil(this.bits.bit / 8);
  }

  /** All bytes that came so far. */
  get length(): number {
    return this.#before + this.bits.end + this.#waiting.length + this.#skipped;
  }

  /** Adds to the piece what comes next, or makes it final. */
  async more(): Promise<void> {
    while (this.#waiting.length === 0) {
      const next = await this.#chunks.next();
      if (next.done === true) {
        this.bits = { ...this.bits, final: true };
        return;
      }
      this.#waiting = next.value;
    }
    const { bytes, end, bit } = this.bits;
    const read = bit >> 3;
    const left = end - read;
    const part = this.#waiting.subarray(0, MAX_PIECE);
    this.#waiting = this.#waiting.subarray(part.length);
    const piece = new Uint8Array(left + part.length + PADDING);
    piece.set(bytes.subarray(read, end));
    piece.set(part, left);
    this.#before += read;
    this.bits = { bytes: piece, end: left + part.length, final: false, bit: bit & 7 };
  }

  /** The next `length` whole bytes, without reading past them; fewer where the file ends. */
  async peek(length: number): Promise<Uint8Array> {
    const from = () => Math.ceil(this.bits.bit / 8);
    while (!this.bits.final && this.bits.end - from() < length) await this.more();
    return this.bits.bytes.subarray(from(), Math.min(this.bits.end, from() + length));
  }

  pass(length: number): void {
    this.bits.bit = (Math.ceil(this.bits.bit / 8) + length) * 8;
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  /** Reads to the end of the file; whether any byte was left. */
  async skipRest(): Promise<boolean> {
    let rest = this.length - this.used;
    for (let next = await this.#chunks.next(); next.done !== true; next = await this.#chunks.next()) {
      rest += next.value.length;
      this.#skipped += next.value.length;
    }
    return rest > 0;
  }
}

function littleEndian(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)) >>>
    0
  );
}
