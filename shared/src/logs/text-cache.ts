/**
 * A copy of its own. A slice keeps the whole text that it was cut from alive; what a cache keeps for the length of a
 * file must not hold megabytes of records with it. `join` gives it in one piece; ` ${text}`.slice(1) would be a slice again,
 * and those V8 compares outside of its compiled code (2 % of the reading time of csvlog).
 */
export function detached(text: string): string {
  if (text.length < 13) return text; // V8 copies these anyway.
  return [text.slice(0, 1), text.slice(1)].join('');
}

/** One text object for each distinct value: user, database and application names repeat in every record. */
export class TextCache {
  readonly #known = new Map<string, string>();
  #last = '';

  /** The value of `s[from, to)`. */
  get(s: string, from: number, to: number): string {
    if (to - from === this.#last.length && s.startsWith(this.#last, from)) return this.#last;
    const text = s.slice(from, to);
    let own = this.#known.get(text);
    if (own === undefined) {
      own = detached(text);
      if (own.length > 256) return own; // Not a name: keeping such would be all cost.
      if (this.#known.size >= 4096) this.#known.clear();
      this.#known.set(own, own);
    }
    this.#last = own;
    return own;
  }
}
