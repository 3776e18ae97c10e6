/** Thrown where bytes that belong to what was begun are not there any more. */
export class BytesEnd extends Error {}

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

  /** The next `length` bytes, or as many as there are. */
  async upTo(length: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(length);
    let at = 0;
    while (at < length && !(await this.ended())) bytes.set(await this.read(1), at++);
    return bytes.subarray(0, at);
  }

  /** The next `length` bytes; throws `BytesEnd` where there are fewer. */
  async read(length: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(length);
    await this.#take(length, (part, at) => bytes.set(part, at));
    return bytes;
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  /** Leaves the rest alone, to its end. */
  async skipRest(): Promise<void> {
    while (!(await this.ended())) await this.skip(this.#chunk.length - this.#from);
  }

  async skip(length: number): Promise<void> {
    await this.#take(length, () => undefined);
  }

  async #take(length: number, use: (part: Uint8Array, at: number) => void): Promise<void> {
    for (let taken = 0; taken < length; ) {
      if (await this.ended()) throw new BytesEnd(`the bytes end at byte ${this.at}`);
      const part = this.#chunk.subarray(this.#from, this.#from + length - taken);
      use(part, taken);
      taken += part.length;
      this.#from += part.length;
      this.at += part.length;
    }
  }
}
