import { concat } from '../encoding.ts';
import { ByteInput } from './byte-input.ts';
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
 * its content, length and checksum, is compared with what came out: the unpacking itself looks at neither. Throws where
 * the frames are cut, damaged, or not what they state.
 */
export async function* unzstd(
  chunks: AsyncIterable<Uint8Array>,
  open: OpenFrame,
): AsyncGenerator<Uint8Array, void> {
  const input = new ByteInput(chunks);
  while (!(await input.ended())) {
    const at = input.at;
    const magic = await input.read(4);
    const number = littleEndian(magic);
    if (number === MAGIC) yield* frame(input, magic, open);
    else if ((number & 0xffff_fff0) >>> 0 === SKIPPABLE) await input.skip(littleEndian(await input.read(4)));
    else throw new Error(`there is no zstd frame at byte ${at}`);
  }
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
  let checksum = new Uint8Array(0);
  for (let last = false; !last; ) {
    const head = await input.read(3);
    const block = littleEndian(head);
    last = (block & 1) === 1;
    if (block >> 3 > MAX_BLOCK)
      throw new Error(`the block before byte ${input.at} is longer than blocks are`);
    // A block of one byte repeated holds that byte alone.
    stream.push(concat(head, await input.read(((block >> 1) & 3) === 1 ? 1 : block >> 3)));
    if (last) {
      if (hash !== undefined) {
        checksum = await input.read(4);
        stream.push(checksum);
      }
      stream.push(new Uint8Array(0), true);
    }
    for (const bytes of ready) {
      hash?.update(bytes);
      length += bytes.length;
    }
    yield* ready.splice(0);
  }
  const ends = `the zstd frame that ends at byte ${input.at}`;
  if (hash !== undefined && littleEndian(checksum) !== Number(hash.digest() & 0xffff_ffffn))
    throw new Error(`${ends} has another content than that of its checksum`);
  const stated = littleEndian(size) + (sizeBytes === 2 ? 256 : 0);
  if (sizeBytes > 0 && length !== stated)
    throw new Error(`${ends} holds ${length} bytes and states ${stated}`);
}

/** Exact to 2^53; beyond, no file is that long. */
function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0);
}
