/** A value of JSON; whole numbers that a double cannot hold are big integers. */
export type JsonValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** Brackets within brackets; deeper text is refused, so that whoever walks a value need not fear for the stack. */
const MOST_DEPTH = 500;

/**
 * Reads JSON (RFC 8259) with every whole number exact: ECMAScript's own reader makes doubles of them, which changes digits
 * beyond 2⁵³. Numbers with a point or an exponent are doubles. Of equal names the last one counts.
 */
export function parseExactJson(text: string): { readonly value: JsonValue } | { readonly fault: string } {
  let value: JsonValue;
  try {
    // The only thing that the reader throws: text that is no JSON.
    value = JSON.parse(text) as JsonValue;
  } catch (error) {
    return { fault: (error as Error).message };
  }
  if (deeperThan(text, MOST_DEPTH)) return { fault: `brackets are nested deeper than ${MOST_DEPTH}` };
  // Fewer digits are exact in a double. Most texts have no such number, and are done.
  return /(?:^|[[:,])[ \t\r\n]*-?\d{16}/.test(text) ? { value: new ExactReader(text).read() } : { value };
}

function deeperThan(text: string, most: number): boolean {
  const brackets = /[[{]/g;
  let count = 0;
  while (count <= most && brackets.test(text)) count++;
  if (count <= most) return false;
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[{\]}]/g)) {
    if (token === '[' || token === '{') depth++;
    else if (token === ']' || token === '}') depth--;
    if (depth > most) return true;
  }
  return false;
}

/** Reads text that is known to be JSON. */
class ExactReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): JsonValue {
    const token = this.#token();
    if (token === '{') return this.#object();
    if (token === '[') return this.#array();
    if (/^-?\d{16,}$/.test(token)) {
      const number = Number(token);
      return Number.isSafeInteger(number) ? number : BigInt(token);
    }
    return JSON.parse(token) as JsonValue;
  }

  #object(): JsonValue {
    const members: [string, JsonValue][] = [];
    while (!this.#ends('}')) {
      const name = JSON.parse(this.#token()) as string;
      this.#token();
      members.push([name, this.read()]);
    }
    return Object.fromEntries(members);
  }

  #array(): JsonValue {
    const members: JsonValue[] = [];
    while (!this.#ends(']')) members.push(this.read());
    return members;
  }

  /** Whether the list ends here; steps over what ends it, and over a comma. */
  #ends(bracket: string): boolean {
    const before = this.#at;
    const token = this.#token();
    if (token === bracket) return true;
    if (token !== ',') this.#at = before;
    return false;
  }

  #token(): string {
    while (BLANKS.includes(this.#text.charAt(this.#at)) && this.#at < this.#text.length) this.#at++;
    TOKEN.lastIndex = this.#at;
    const token = TOKEN.exec(this.#text)?.[0] ?? '';
    this.#at = TOKEN.lastIndex;
    return token;
  }
}

const BLANKS = ' \t\r\n';
const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/y;
