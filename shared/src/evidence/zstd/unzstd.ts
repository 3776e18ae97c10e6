import { concat } from '../encoding.ts';
import type { Unpacking } from '../unpacked.ts';
import { ByteInput, BytesEnd } from './byte-input.ts';
import { Xxh64 } from './xxh64.ts';

/** Unpacks one frame: what fzstd's `Decompress` does. */
export interface FrameStream {
  push(bytes: Uint8Array, final?: boolean): void;
}

/** Opens the unpacking of a frame; `take` is handed what comes out, which nobody else keeps. */
export type OpenFrame = (take: (bytes: Uint8Array) => void) => FrameStream;

const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50;
const MAX_BLOCK = 131_072;

/**
 * The bytes that zstd frames stand for (RFC 8878 §3.1), as they come. Frames are taken apart here, so that what each states of
 * its content, length and checksum, is compared with what came out: the unpacking itself looks at neither. Where the file
 * breaks off, every whole block before the cut was given; where other bytes follow a whole frame, they are left alone.
 */
export async function* unzstd(chunks: AsyncIterable<Uint8Array>, open: OpenFrame): Unpacking {
  const input = new ByteInput(chunks);
  try {
    return yield* frames(input, open);
  } finally {
    await input.close();
  }
}

async function* frames(input: ByteInput, open: OpenFrame): Unpacking {
  let given = 0;
  for (let whole = 0; ; whole++) {
    const used = input.at;
    const magic = await input.upTo(4);
    if (magic.length === 0) return { used, given, end: 'whole' };
    const number = littleEndian(magic);
    try {
      if (magic.length < 4 && isBegin(magic)) return { used: input.at, given, end: 'cut' };
      if (number === MAGIC) {
        for await (const bytes of frame(input, magic, open)) {
          given += bytes.length;
          yield bytes;
        }
      } else if ((number & 0xffff_fff0) >>> 0 === SKIPPABLE && magic.length === 4)
        await input.skip(littleEndian(await input.read(4)));
      else if (whole === 0) throw new Error('there is no zstd frame at byte 0');
      else {
        await input.skipRest();
        return { used, given, end: 'followed' };
      }
    } catch (error) {
      if (error instanceof BytesEnd) return { used: input.at, given, end: 'cut' };
      throw error;
    }
  }
}

/** Whether fewer than four bytes begin as a frame does. */
function isBegin(bytes: Uint8Array): boolean {
  return bytes.every((byte, at) => byte === ((MAGIC >>> (8 * at)) & 255));
}

async function* frame(
  input: ByteInput,
  magic: Uint8Array,
  open: OpenFrame,
): AsyncGenerator<Uint8Array, void> {
  const descriptor = await input.read(1);
  const bits = descriptor[0] ?? 0;
  const single = (bits & 32) !== 0;
  const sizeBytes = [single ? 1 : 0, 2, 4, 8][bits >> 6] ?? 0;
  const before = await input.read((single ? 0 : 1) + ([0, 1, 2, 4][bits & 3] ?? 0));
  const size = await input.read(sizeBytes);
  const ready: Uint8Array[] = [];
  const stream = open((bytes) => ready.push(bytes));
  stream.push(concat(magic, descriptor, before, size));
  const hash = (bits & 4) === 0 ? undefined : new Xxh64();
  let length = 0;
  for (let last = false; !last; ) {
    const block = await readBlock(input);
    // What was held back comes out when the frame ends: a cut one is ended with an empty block.
    const cut = block instanceof BytesEnd;
    last = cut || ((block[0] ?? 0) & 1) === 1;
    stream.push(cut ? Uint8Array.of(1, 0, 0) : block);
    if (last) {
      if (hash !== undefined) stream.push(new Uint8Array(4));
      stream.push(new Uint8Array(0), true);
    }
    for (const bytes of ready) {
      hash?.update(bytes);
      length += bytes.length;
    }
    yield* ready.splice(0);
    if (cut) throw block;
  }
  const checksum = hash === undefined ? undefined : await input.read(4);
  const ends = `the zstd frame that ends at byte ${input.at}`;
  if (checksum !== undefined && littleEndian(checksum) !== Number((hash?.digest() ?? 0n) & 0xffff_ffffn))
    throw new Error(`${ends} has another content than that of its checksum`);
  const stated = littleEndian(size) + (sizeBytes === 2 ? 256 : 0);
  if (sizeBytes > 0 && length !== stated)
    throw new Error(`${ends} holds ${length} bytes and states ${stated}`);
}

/** A block with its head, or how its bytes end before it does. */
async function readBlock(input: ByteInput): Promise<Uint8Array | BytesEnd> {
  try {
    const head = await input.read(3);
    const block = littleEndian(head);
    if (block >> 3 > MAX_BLOCK)
      throw new Error(`the block before byte ${input.at} is longer than blocks are`);
    // A block of one byte repeated holds that byte alone.
    return concat(head, await input.read(((block >> 1) & 3) === 1 ? 1 : block >> 3));
  } catch (error) {
    if (error instanceof BytesEnd) return error;
    throw error;
  }
}

/** Exact to 2^53; beyond, no file is that long. */
function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0);
}
