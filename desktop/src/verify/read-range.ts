import type { FileHandle } from 'node:fs/promises';

const CHUNK_BYTES = 2 ** 20;

/**
 * Bytes `[from, to)` of an open file in chunks. Two buffers take turns, the next being filled while the caller works on the one it
 * has: a chunk is only good until the next is asked for. A file that ends early gives fewer bytes.
 */
export async function* readRange(handle: FileHandle, from: number, to: number): AsyncIterable<Uint8Array> {
  const size = Math.min(CHUNK_BYTES, Math.max(0, to - from));
  const buffers = [new Uint8Array(size), new Uint8Array(size)] as const;
  const read = async (buffer: Uint8Array, at: number) => {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(size, to - at), at);
    return buffer.subarray(0, bytesRead);
  };
  if (from >= to) return;
  let pending = read(buffers[0], from);
  for (let at = from, turn = 1; ; turn ^= 1) {
    const chunk = await pending;
    at += chunk.length;
    if (chunk.length === 0) return;
    if (at >= to) {
      yield chunk;
      return;
    }
    pending = read(turn === 1 ? buffers[1] : buffers[0], at);
    // The read-ahead is awaited even when the caller stops early, so that nothing touches a handle closed meanwhile.
    try {
      yield chunk;
    } finally {
      await pending.catch(() => undefined);
    }
  }
}
