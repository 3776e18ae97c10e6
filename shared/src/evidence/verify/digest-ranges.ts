import { concat, toHex } from '../encoding.ts';
import type { Sha256 } from '../primitives.ts';

/** Bytes `[from, to)` of an exhibit whose digest is wanted, under an id of the asker. */
export interface WantedRange {
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

/** Most bytes of open ranges held at once: hostile proofs may all claim the whole exhibit. */
const MAX_HELD_BYTES = 256 * 2 ** 20;

/**
 * Passes chunks through and, on the way, digests the wanted ranges: cited records are checked in the same pass that hashes their
 * exhibit. Ranges that reach past the end, or would hold too much, are never reported.
 */
export async function* digestRanges(
  sha256: Sha256,
  chunks: AsyncIterable<Uint8Array>,
  wanted: readonly WantedRange[],
  found: (id: string, digest: string) => void,
): AsyncIterable<Uint8Array> {
  const waiting = [...wanted].sort((a, b) => b.from - a.from);
  let open: { readonly range: WantedRange; readonly parts: Uint8Array[] }[] = [];
  let at = 0;
  let held = 0;
  for await (const chunk of chunks) {
    const end = at + chunk.length;
    for (let next = waiting.at(-1); next !== undefined && next.from < end; next = waiting.at(-1)) {
      waiting.pop();
      if (held + next.to - next.from > MAX_HELD_BYTES) continue;
      held += next.to - next.from;
      open.push({ range: next, parts: [] });
    }
    const still: typeof open = [];
    for (const one of open) {
      const { range, parts } = one;
      // A copy: hosts reuse their buffers, and `slice` of a Node Buffer is no copy.
      parts.push(new Uint8Array(chunk.subarray(Math.max(range.from, at) - at, Math.min(range.to, end) - at)));
      if (range.to > end) {
        still.push(one);
      } else {
        found(range.id, toHex(sha256(concat(...parts))));
        held -= range.to - range.from;
      }
    }
    open = still;
    at = end;
    yield chunk;
  }
}
