/** Reads chunks as one run of bytes. What it gives is its own: chunks may use their buffer again. */
export class ByteInput {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #chunk = new Uint8Array(0);
  #from = 0;
  /** Bytes read so far. */
  at = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Whether nothing follows. */
  async ended(): Promise<boolean> {
    while (this.#from === this.#chunk.length) {
      const next = await this.#chunks.next();
      if (next.done === true) return true;
      this.#chunk = next.value as Uint8Array<ArrayBuffer>;
      this.#from = 0;
    }
    return false;
  }

  /** The next `length` bytes; throws where there are fewer. */
  async read(length: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(length);
    await this.#take(length, (part, at) => bytes.set(part, at));
    return bytes;
  }

  async skip(length: number): Promise<void> {
    await this.#take(length, () => undefined);
  }

  async #take(length: number, use: (part: Uint8Array, at: number) => void): Promise<void> {
    for (let taken = 0; taken < length; ) {
      if (await this.ended()) throw new Error(`the bytes end at byte ${this.at}`);
      const part = this.#chunk.subarray(this.#from, this.#from + length - taken);
      use(part, taken);
      taken += part.length;
      this.#from += part.length;
      this.at += part.length;
    }
  }
}
