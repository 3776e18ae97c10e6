/** Chunks that wait in a stream outlive the reader's next one, and readers use their buffers again. */
export async function* copies(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}
