/** A member of the object whose key has no slot: unknown to this version, or there a second time. */
export interface OtherMember {
  readonly key: string;
  readonly value: string;
  /** The key stands twice in the object. */
  readonly repeated: boolean;
}

const QUOTE = 34;
const BACKSLASH = 92;

/**
 * Reads one flat JSON object (RFC 8259 §4) into slots by key, all values as text: 64-bit numbers keep their digits,
 * `__proto__` is a key like any other, repeated keys are seen, and a bad escape costs one value, not the record.
 * Keys are expected in the order of the list, which costs one comparison each; any order works.
 */
export class FlatJson {
  /** Value of each key of the list: text unescaped, numbers and literals as written; undefined where absent or null. */
  readonly values: (string | undefined)[];
  readonly others: OtherMember[] = [];
  readonly #keys: readonly string[];
  readonly #slots: ReadonlyMap<string, number>;
  #nextBackslash = -1;
  /** Position behind the value that was read last. */
  #at = 0;

  constructor(keys: readonly string[]) {
    this.#keys = keys;
    this.#slots = new Map(keys.map((key, slot) => [key, slot]));
    this.values = keys.map(() => undefined);
  }

  /** `cut` where the text ends inside the object, `bad` where it is no object. Text behind the object must be blank. */
  read(s: string): 'ok' | 'cut' | 'bad' {
    this.values.fill(undefined);
    this.others.length = 0;
    this.#nextBackslash = s.indexOf('\\');
    let at = blanks(s, 0);
    if (s.charCodeAt(at) !== 123) return 'bad';
    at = blanks(s, at + 1);
    if (s.charCodeAt(at) === 125) return blanks(s, at + 1) === s.length ? 'ok' : 'bad';
    let expected = 0;
    for (;;) {
      if (at >= s.length) return 'cut';
      if (s.charCodeAt(at) !== QUOTE) return 'bad';
      const slot = this.#slot(s, at + 1, expected);
      let key: string | undefined;
      if (slot === -1) {
        key = this.#text(s, at);
        if (key === undefined) return 'cut';
      } else {
        this.#at = at + 2 + (this.#keys[slot] as string).length;
      }
      at = blanks(s, this.#at);
      if (at >= s.length) return 'cut';
      if (s.charCodeAt(at) !== 58) return 'bad';
      at = blanks(s, at + 1);
      if (at >= s.length) return 'cut';
      const value = s.charCodeAt(at) === QUOTE ? this.#text(s, at) : this.#bare(s, at);
      if (value === undefined) return 'cut';
      this.#keep(slot, key, value);
      if (slot !== -1) expected = slot + 1;
      at = blanks(s, this.#at);
      const next = s.charCodeAt(at);
      if (next === 125) return blanks(s, at + 1) === s.length ? 'ok' : 'bad';
      if (at >= s.length) return 'cut';
      if (next !== 44) return 'bad';
      at = blanks(s, at + 1);
    }
  }

  #keep(slot: number, key: string | undefined, value: string): void {
    const known = slot !== -1 ? slot : key === undefined ? undefined : this.#slots.get(key);
    if (known !== undefined && this.values[known] === undefined) this.values[known] = value;
    else if (known !== undefined)
      this.others.push({ key: this.#keys[known] as string, value, repeated: true });
    else if (key !== undefined) {
      const repeated = this.others.some((other) => other.key === key);
      if (this.others.length < 64) this.others.push({ key, value, repeated });
    }
  }

  /** Slot of the key that starts at `at`, looked for from the expected one on; -1 where it must be read as text. */
  #slot(s: string, at: number, expected: number): number {
    for (let slot = expected; slot < this.#keys.length; slot++) {
      const key = this.#keys[slot] as string;
      if (s.startsWith(key, at) && s.charCodeAt(at + key.length) === QUOTE) return slot;
    }
    return -1;
  }

  /** The string whose quote stands at `at`; undefined where it does not end. */
  #text(s: string, at: number): string | undefined {
    const from = at + 1;
    let end = s.indexOf('"', from);
    if (end === -1) return undefined;
    if (this.#nextBackslash !== -1 && this.#nextBackslash < from) this.#nextBackslash = s.indexOf('\\', from);
    if (this.#nextBackslash === -1 || this.#nextBackslash > end) {
      this.#at = end + 1;
      return s.slice(from, end);
    }
    while (end !== -1 && escaped(s, from, end)) end = s.indexOf('"', end + 1);
    if (end === -1) return undefined;
    this.#at = end + 1;
    return unescaped(s, at, end + 1);
  }

  /** A number, literal, array or object, as written; `null` is absence. Empty for null. */
  #bare(s: string, at: number): string | undefined {
    let depth = 0;
    let inText = false;
    let i = at;
    for (; i < s.length; i++) {
      const c = s.charCodeAt(i);
      if (inText) {
        if (c === BACKSLASH) i++;
        else if (c === QUOTE) inText = false;
      } else if (c === QUOTE) inText = true;
      else if (c === 91 || c === 123) depth++;
      else if (c === 93 || c === 125 || c === 44) {
        if (depth === 0) break;
        if (c !== 44) depth--;
      }
    }
    if (i >= s.length) return undefined;
    this.#at = i;
    const text = s.slice(at, i).trimEnd();
    return text === 'null' ? '' : text;
  }
}

function blanks(s: string, at: number): number {
  let i = at;
  for (let c = s.charCodeAt(i); c === 32 || c === 9 || c === 10 || c === 13; c = s.charCodeAt(i)) i++;
  return i;
}

/** True where an odd number of backslashes stands before the quote at `end`. */
function escaped(s: string, from: number, end: number): boolean {
  let i = end - 1;
  while (i >= from && s.charCodeAt(i) === BACKSLASH) i--;
  return (end - 1 - i) % 2 === 1;
}

function unescaped(s: string, from: number, to: number): string {
  try {
    return JSON.parse(s.slice(from, to)) as string;
  } catch {
    // Raw control characters or an escape that JSON does not have: keep what cannot be read as it stands.
    return s
      .slice(from + 1, to - 1)
      .replace(/\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/g, (_, hex?: string, c?: string) =>
        hex === undefined ? (SIMPLE[c ?? ''] ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
      );
  }
}

const SIMPLE: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
