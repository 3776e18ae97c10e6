/** Cuts a stream of chunks into pieces of exactly `size` bytes, but for the last: block leaves and reading like them even. */
export async function* evenChunks(
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
  size: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let open = new Uint8Array(size);
  let filled = 0;
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; ) {
      const part = chunk.subarray(from, from + size - filled);
      open.set(part, filled);
      filled += part.length;
      from += part.length;
      if (filled < size) continue;
      yield open;
      open = new Uint8Array(size);
      filled = 0;
    }
  }
  if (filled > 0) yield open.slice(0, filled);
}
