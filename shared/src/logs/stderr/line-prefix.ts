import { isSeverity, messagePart } from '../postgresql/severity.ts';

/** One element of a compiled `log_line_prefix`. */
type Element =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'escape'; readonly letter: string; readonly padded: boolean }
  | { readonly kind: 'stop' };

/** Where the parts of a line stand. Positions are UTF-16 units of the line. */
export interface PrefixMatch {
  /** Escape letter → text, for those that print something. */
  readonly values: ReadonlyMap<string, string>;
  /** `LOG`, `DÉTAIL`, … as written. */
  readonly keyword: string;
  /** Where the message starts. */
  readonly message: number;
  /** The line can be split in another way too: a name holds text that looks like the prefix. */
  readonly ambiguous: boolean;
}

/** Longest name, program or host that is looked for: NAMEDATALEN is 64 bytes, `\xNN` makes four of one. */
const LONGEST_VALUE = 256;
/** Characters in which the prefix and the severity must stand. */
const LONGEST_PREFIX = 4096;
/** Steps after which a line counts as unreadable: hostile names cannot make matching slow. */
const MOST_STEPS = 2000;

const ESCAPES = 'audrbhLpPtmnsicvxeQl';

/**
 * A compiled `log_line_prefix` (PostgreSQL documentation, 20.8.3). The prefix is not escaped by the server, so names may
 * imitate it: values are taken as short as they fit, because a name has 63 bytes and needs a login, while the text
 * behind the prefix can be written at any length by anybody who can cause an error.
 */
export class LinePrefix {
  readonly source: string;
  readonly #elements: readonly Element[];
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  #steps = 0;
  #stopped = 0;
  #keywordTo = 0;
  #wanted = 0;

  constructor(source: string) {
    this.source = source;
    this.#elements = compile(source);
    this.#from = new Int32Array(this.#elements.length);
    this.#to = new Int32Array(this.#elements.length);
  }

  /** The parts of the line, or undefined where it does not start with this prefix and a severity. */
  match(line: string): PrefixMatch | undefined {
    // A prefix ends early or not at all: nothing here may look through megabytes of text.
    const s = line.length > LONGEST_PREFIX ? line.slice(0, LONGEST_PREFIX) : line;
    this.#steps = 0;
    this.#wanted = 0;
    const keywordFrom = this.#match(s, 0, 0);
    if (keywordFrom === -1) return undefined;
    const values = new Map<string, string>();
    for (let i = 0; i < this.#stopped; i++) {
      const element = this.#elements[i];
      if (element?.kind !== 'escape') continue;
      const text = s.slice(this.#from[i], this.#to[i]);
      const value = element.padded ? text.trim() : text;
      if (value !== '' && !values.has(element.letter)) values.set(element.letter, value);
    }
    const keyword = s.slice(keywordFrom, this.#keywordTo);
    const message = messageStart(s, this.#keywordTo);
    return { values, keyword, message, ambiguous: this.#isAmbiguous(s, message) };
  }

  /** Another split needs another keyword behind the first, near enough to end a name: rare, so it is looked for last. */
  #isAmbiguous(s: string, message: number): boolean {
    const another = s.indexOf(':  ', message);
    if (another === -1 || another > message + LONGEST_VALUE) return false;
    this.#steps = 0;
    this.#wanted = message;
    return this.#match(s, 0, 0) !== -1;
  }

  /** Matches elements from `index` on at `at`; gives the position of the keyword, or -1. */
  #match(s: string, index: number, at: number): number {
    if (++this.#steps > MOST_STEPS) return -1;
    const element = this.#elements[index];
    if (element === undefined) return this.#keyword(s, index, at);
    if (element.kind === 'stop') {
      // Background processes print nothing behind %q; a keyword here is theirs.
      const found = this.#keyword(s, index, at);
      return found === -1 ? this.#match(s, index + 1, at) : found;
    }
    if (element.kind === 'literal') {
      return s.startsWith(element.text, at) ? this.#match(s, index + 1, at + element.text.length) : -1;
    }
    const fixed = FIXED[element.letter];
    if (fixed !== undefined) {
      let from = at;
      if (element.padded) while (s.charCodeAt(from) === 32) from++;
      let to = fixed(s, from);
      if (to === -1) return -1;
      if (element.padded) while (s.charCodeAt(to) === 32) to++;
      this.#from[index] = at;
      this.#to[index] = to;
      return this.#match(s, index + 1, to);
    }
    return this.#text(s, index, at);
  }

  /** A value of free text: as short as lets the rest match. */
  #text(s: string, index: number, at: number): number {
    const limit = Math.min(s.length, at + LONGEST_VALUE);
    const next = this.#elements[index + 1];
    for (let to = at; to <= limit; to++) {
      if (next?.kind === 'literal') {
        to = s.indexOf(next.text, to);
        if (to === -1 || to > limit) return -1;
      }
      this.#from[index] = at;
      this.#to[index] = to;
      const found = this.#match(s, index + 1, to);
      if (found !== -1) return found;
      if (this.#steps > MOST_STEPS) return -1;
    }
    return -1;
  }

  #keyword(s: string, index: number, at: number): number {
    if (at < this.#wanted) return -1;
    const to = keywordEnd(s, at);
    if (to === -1) return -1;
    if (this.#wanted === 0) {
      this.#stopped = index;
      this.#keywordTo = to;
    }
    return at;
  }
}

function compile(source: string): readonly Element[] {
  const elements: Element[] = [];
  let literal = '';
  const flush = (): void => {
    if (literal !== '') elements.push({ kind: 'literal', text: literal });
    literal = '';
  };
  for (let at = 0; at < source.length; at++) {
    if (source.charAt(at) !== '%') {
      literal += source.charAt(at);
      continue;
    }
    const padding = /^-?\d{1,4}/.exec(source.slice(at + 1, at + 6))?.[0] ?? '';
    at += padding.length + 1;
    const letter = source.charAt(at);
    if (letter === '%') literal += '%';
    else if (letter === 'q') {
      flush();
      elements.push({ kind: 'stop' });
    } else if (letter !== '' && ESCAPES.includes(letter)) {
      flush();
      elements.push({ kind: 'escape', letter, padded: padding !== '' });
    }
    // Other letters print nothing (seen on 15 with %L).
  }
  flush();
  return elements;
}

/** Ends of values that have a shape of their own; the position itself where the escape prints nothing. */
const FIXED: Readonly<Record<string, (s: string, at: number) => number>> = {
  m: (s, at) => (s.charCodeAt(at + 19) === 46 ? stampEnd(s, at) : -1),
  t: (s, at) => (s.charCodeAt(at + 19) === 32 ? stampEnd(s, at) : -1),
  s: stampEnd,
  n: (s, at) => runEnd(s, at, (c) => isDigit(c) || c === 46),
  p: (s, at) => runEnd(s, at, isDigit),
  P: (s, at) => optional(runEnd(s, at, isDigit), at),
  l: (s, at) => runEnd(s, at, isDigit),
  x: (s, at) => optional(runEnd(s, at, isDigit), at),
  Q: (s, at) => runEnd(s, s.charCodeAt(at) === 45 ? at + 1 : at, isDigit),
  c: (s, at) => runEnd(s, at, (c) => isDigit(c) || c === 46 || (c >= 97 && c <= 102)),
  v: (s, at) =>
    optional(
      runEnd(s, at, (c) => isDigit(c) || c === 47),
      at,
    ),
  e: (s, at) => (/^[0-9A-Z]{5}/.test(s.slice(at, at + 5)) ? at + 5 : -1),
};

function optional(end: number, at: number): number {
  return end === -1 ? at : end;
}

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

function runEnd(s: string, at: number, fits: (c: number) => boolean): number {
  let end = at;
  while (end < s.length && fits(s.charCodeAt(end))) end++;
  return end === at ? -1 : end;
}

/** `YYYY-MM-DD HH:MM:SS[.mmm] ZONE`. */
function stampEnd(s: string, at: number): number {
  if (s.charCodeAt(at + 4) !== 45 || s.charCodeAt(at + 10) !== 32 || s.charCodeAt(at + 16) !== 58) return -1;
  let end = at + 19;
  if (s.charCodeAt(end) === 46) {
    end++;
    while (isDigit(s.charCodeAt(end))) end++;
  }
  if (s.charCodeAt(end) !== 32) return -1;
  end++;
  const zone = end;
  const sign = s.charCodeAt(end);
  if (sign === 43 || sign === 45) {
    end++;
    while (end < zone + 5 && isDigit(s.charCodeAt(end))) end++;
    return end === zone + 3 || end === zone + 5 ? end : -1;
  }
  for (let c = s.charCodeAt(end); (c >= 65 && c <= 90) || (c >= 97 && c <= 122); c = s.charCodeAt(end)) end++;
  return end === zone ? -1 : end;
}

/** End of the keyword at `at` (without blank and colon), or -1 where no keyword with its colon stands there. */
export function keywordEnd(s: string, at: number): number {
  const colon = s.indexOf(':', at);
  if (colon === -1 || colon > at + 24 || s.charCodeAt(colon + 1) !== 32) return -1;
  const before = s.charCodeAt(colon - 1);
  const end = before === 32 || before === 0xa0 || before === 0x202f ? colon - 1 : colon;
  const word = s.slice(at, end);
  if (isSeverity(word) || messagePart(word) !== undefined) return end;
  // A language that the tables do not know: two blanks behind a word in capitals.
  return s.charCodeAt(colon + 2) === 32 && /^\p{Lu}{3,}$/u.test(word) ? end : -1;
}

function messageStart(s: string, keywordTo: number): number {
  const colon = s.indexOf(':', keywordTo);
  return s.charCodeAt(colon + 2) === 32 ? colon + 3 : colon + 2;
}
