const CHUNK_BYTES = 4 * 2 ** 20;

/** The bytes of a blob in order, in memory only as far as they are being looked at. */
export async function* blobChunks(blob: Blob): AsyncIterable<Uint8Array> {
  for (let at = 0; at < blob.size; at += CHUNK_BYTES) {
    yield new Uint8Array(await blob.slice(at, at + CHUNK_BYTES).arrayBuffer());
  }
}
