import { blockText, lineEndBehind, plainScalar } from './yaml-scalar.ts';
import type { Entry, YamlScalar, YamlValue } from './yaml-value.ts';

/** More of either is for the patient reader, which says so. */
const MOST_VALUES = 50_000;
const DEEPEST = 60;

/** What begins something else than a plain scalar, or nothing that YAML knows. */
const INDICATORS = new Set('-?:,[]{}#&*!|>\'"%@`');

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\'],
  ['"', '"'],
  ['/', '/'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['0', '\0'],
]);

/**
 * The documents of a YAML file that is written as rule files are: block maps and lists, plain, quoted and block scalars,
 * flow lists of scalars on one line, comments. Undefined for everything else and everything faulty: that is for the `yaml`
 * package, which takes four times as long in a new process and twelve times in a warm one. Both give the same values with
 * the same places.
 */
export function readBlockYaml(text: string): readonly YamlValue[] | undefined {
  // Tabs, control characters, a byte order mark, lines that end in CR alone.
  if (/[\0-\x09\x0b\x0c\x0e-\x1f\ufeff]|\r(?!\n)/.test(text)) return undefined;
  return new BlockReader(text).documents();
}

class BlockReader {
  readonly #text: string;
  /** The first character of the line's content, its column, and where the line ends. */
  #at = 0;
  #column = 0;
  #lineEnd = 0;
  #values = 0;
  /** Something is not for this reader: nothing read from here on counts. */
  #odd = false;

  constructor(text: string) {
    this.#text = text;
  }

  documents(): readonly YamlValue[] | undefined {
    const values: YamlValue[] = [];
    this.#nextLine(0);
    while (this.#at < this.#text.length && !this.#odd) {
      if (this.#column < 0) {
        if (!this.#text.startsWith('---', this.#at)) return undefined;
        this.#endLine(this.#at + 3);
        continue;
      }
      const value = this.#node(-1, 0);
      if (value.kind === 'scalar' || (this.#at < this.#text.length && this.#column >= 0)) return undefined;
      values.push(value);
    }
    return this.#odd ? undefined : values;
  }

  /** What stands at the content of this line, below something at column `parent`. */
  #node(parent: number, depth: number): YamlValue {
    if (++this.#values > MOST_VALUES || depth > DEEPEST) return this.#give();
    if (this.#isDash(this.#at)) return this.#list(depth);
    const key = this.#key();
    return key === undefined ? this.#inLine(this.#at, parent) : this.#map(key, depth);
  }

  #map(first: Key, depth: number): YamlValue {
    const column = this.#column;
    const entries: Entry[] = [];
    const seen = new Set<string>();
    for (let key: Key | undefined = first; key !== undefined; ) {
      if (seen.has(key.key)) return this.#give();
      seen.add(key.key);
      const value = this.#value(key.to, column, depth, true);
      entries.push({ key: key.key, keySpan: key.keySpan, value });
      if (this.#column !== column) break;
      key = this.#isDash(this.#at) ? undefined : this.#key();
      if (key === undefined) return this.#give();
    }
    if (this.#column > column) return this.#give();
    return {
      kind: 'map',
      span: { from: first.keySpan.from, to: this.#endOf(entries.at(-1)?.value) },
      entries,
    };
  }

  #list(depth: number): YamlValue {
    const column = this.#column;
    const from = this.#at;
    const items: YamlValue[] = [];
    while (this.#column === column && this.#isDash(this.#at)) {
      items.push(this.#value(this.#at + 1, column, depth, false));
    }
    if (this.#column > column) return this.#give();
    return { kind: 'list', span: { from, to: this.#endOf(items.at(-1)) }, items };
  }

  /** The value behind a colon or dash that ends at `after`: on the same line, or on the next ones. */
  #value(after: number, column: number, depth: number, ofKey: boolean): YamlValue {
    const at = this.#skipBlanks(after);
    if (at < this.#lineEnd && this.#text[at] !== '#') {
      if (ofKey) return this.#inLine(at, column);
      this.#column += at - this.#at;
      this.#at = at;
      return this.#node(column, depth + 1);
    }
    this.#endLine(after);
    // A list may stand at the column of its key.
    if (this.#column > column || (ofKey && this.#column === column && this.#isDash(this.#at)))
      return this.#node(column, depth + 1);
    return { kind: 'scalar', span: { from: at, to: at }, value: null, source: '', plain: true };
  }

  /** A scalar or flow list that begins at `at`, below something at column `parent`. */
  #inLine(at: number, parent: number): YamlValue {
    this.#values++;
    const character = this.#text.charAt(at);
    if (character === '|' || character === '>') return this.#block(at, parent, character);
    if (character === '[') return this.#flowList(at);
    if (character === "'" || character === '"') {
      const quoted = this.#quoted(at);
      if (quoted === undefined) return this.#give();
      this.#endLine(quoted.span.to);
      return quoted;
    }
    return this.#plain(at, parent);
  }

  #plain(at: number, parent: number): YamlValue {
    if (!this.#beginsPlain(at)) return this.#give();
    const lineEnd = this.#lineEnd;
    let to = this.#plainEnd(at, lineEnd);
    if (to === undefined) return this.#give();
    let source = this.#text.slice(at, to);
    // Lines that are further in go on with it, until a comment.
    let open = this.#skipBlanks(to) === lineEnd;
    this.#endLine(to);
    while (open && this.#column > parent) {
      const between = this.#text.slice(to, this.#at);
      const end = this.#plainEnd(this.#at, this.#lineEnd);
      if (between.trim() !== '' || end === undefined || this.#isBefore(this.#at, '-?:')) return this.#give();
      const blank = between.split('\n').length - 2;
      source += (blank === 0 ? ' ' : '\n'.repeat(blank)) + this.#text.slice(this.#at, end);
      to = end;
      open = this.#skipBlanks(end) === this.#lineEnd;
      this.#endLine(end);
    }
    return { kind: 'scalar', span: { from: at, to }, value: plainScalar(source), source, plain: true };
  }

  #block(at: number, parent: number, style: '|' | '>'): YamlValue {
    const strip = this.#text[at + 1] === '-';
    const header = at + (strip ? 2 : 1);
    if (this.#skipBlanks(header) !== this.#lineEnd) return this.#give();
    const from = this.#text.indexOf('\n', this.#lineEnd) + 1;
    const block = from === 0 ? undefined : blockText(this.#text, from, parent, style, strip);
    if (block === undefined) return this.#give();
    this.#nextLine(block.to);
    const { value, to } = block;
    return { kind: 'scalar', span: { from: at, to }, value, source: value, plain: false };
  }

  #flowList(from: number): YamlValue {
    const items: YamlValue[] = [];
    let at = this.#skipBlanks(from + 1);
    while (this.#text[at] !== ']' || at >= this.#lineEnd) {
      const item = /['"]/.test(this.#text.charAt(at)) ? this.#quoted(at) : this.#flowPlain(at);
      if (item === undefined || ++this.#values > MOST_VALUES) return this.#give();
      items.push(item);
      at = this.#skipBlanks(item.span.to);
      if (this.#text[at] === ',') at = this.#skipBlanks(at + 1);
      else if (this.#text[at] !== ']') return this.#give();
    }
    this.#endLine(at + 1);
    return { kind: 'list', span: { from, to: at + 1 }, items };
  }

  #flowPlain(from: number): YamlScalar | undefined {
    if (!this.#beginsPlain(from)) return undefined;
    let to = from;
    while (to < this.#lineEnd && !',[]{}'.includes(this.#text.charAt(to))) to++;
    const end = this.#plainEnd(from, to);
    if (to >= this.#lineEnd || end === undefined || this.#skipBlanks(end) !== to) return undefined;
    const source = this.#text.slice(from, end);
    if (/^[-?]$|:$/.test(source)) return undefined;
    return { kind: 'scalar', span: { from, to: end }, value: plainScalar(source), source, plain: true };
  }

  /** A quoted scalar that ends on its line. */
  #quoted(from: number): YamlScalar | undefined {
    const quote = this.#text.charAt(from);
    let value = '';
    let start = from + 1;
    for (let i = start; i < this.#lineEnd; i++) {
      const character = this.#text[i];
      if (character === '\\' && quote === '"') {
        const escaped = ESCAPES.get(this.#text.charAt(i + 1));
        if (escaped === undefined) return undefined;
        value += this.#text.slice(start, i) + escaped;
        start = ++i + 1;
      } else if (character === quote) {
        value += this.#text.slice(start, i);
        if (quote === '"' || this.#text[i + 1] !== "'")
          return { kind: 'scalar', span: { from, to: i + 1 }, value, source: value, plain: false };
        start = ++i;
      }
    }
    return undefined;
  }

  /** The key that begins this line's content, with the place behind its colon. */
  #key(): Key | undefined {
    const from = this.#at;
    const first = this.#text[from];
    if (first === "'" || first === '"') {
      const quoted = this.#quoted(from);
      const colon = quoted === undefined ? from : this.#skipBlanks(quoted.span.to);
      if (quoted === undefined || !this.#isBefore(colon, ':')) return undefined;
      return { key: quoted.source, keySpan: quoted.span, to: colon + 1 };
    }
    if (!this.#beginsPlain(from)) return undefined;
    // YAML's own limit for a key is 1024.
    const most = Math.min(this.#lineEnd, from + 1000);
    for (let i = from; i < most; i++) {
      const character = this.#text[i];
      if (character === '#' && this.#text[i - 1] === ' ') return undefined;
      if (character !== ':' || !this.#isBefore(i, ':')) continue;
      const to = this.#plainEnd(from, i) ?? i;
      return { key: this.#text.slice(from, to), keySpan: { from, to }, to: i + 1 };
    }
    return undefined;
  }

  /** Where plain text ends on its line, before blanks and a comment; undefined where a colon makes a key of it. */
  #plainEnd(from: number, lineEnd: number): number | undefined {
    let to = from;
    for (let i = from; i < lineEnd; i++) {
      const code = this.#text.charCodeAt(i);
      if (code === 0x20) continue;
      if (code === 0x3a && this.#isBefore(i, ':')) return undefined;
      if (code === 0x23 && i > to) return to;
      to = i + 1;
    }
    return to;
  }

  #beginsPlain(at: number): boolean {
    const character = this.#text.charAt(at);
    return !INDICATORS.has(character) || ('-?:'.includes(character) && !this.#isBefore(at, character));
  }

  #isDash(at: number): boolean {
    return this.#isBefore(at, '-');
  }

  /** Whether one of `characters` stands at `at`, before a blank or the end of the line. */
  #isBefore(at: number, characters: string): boolean {
    if (at >= this.#text.length || !characters.includes(this.#text.charAt(at))) return false;
    const next = this.#text[at + 1];
    return next === undefined || next === ' ' || next === '\n' || next === '\r';
  }

  #skipBlanks(from: number): number {
    let at = from;
    while (this.#text[at] === ' ') at++;
    return at;
  }

  /** Goes on to the next line, when nothing but blanks and a comment is left of this one. */
  #endLine(from: number): void {
    const at = this.#skipBlanks(from);
    if (at < this.#lineEnd && !(this.#text[at] === '#' && at > from)) this.#odd = true;
    this.#nextLine(this.#lineEnd);
  }

  /** Goes to the next content from `from` on, over blank lines and comments. Column -1 is a document's border or the end. */
  #nextLine(from: number): void {
    const text = this.#text;
    let start = from;
    if (from > 0 && text[from - 1] !== '\n') start = text.indexOf('\n', from) + 1 || text.length;
    for (; start < text.length && !this.#odd; start = this.#lineEnd + 1) {
      const at = this.#skipBlanks(start);
      const feed = text.indexOf('\n', at);
      this.#lineEnd = feed < 0 ? text.length : feed;
      if (text[this.#lineEnd - 1] === '\r' && this.#lineEnd > at) this.#lineEnd--;
      if (at >= this.#lineEnd || text[at] === '#') {
        if (feed < 0) break;
        this.#lineEnd = feed;
        continue;
      }
      this.#at = at;
      this.#column = at - start;
      if (at === start && /^(---|\.\.\.)(?=\s|$)/.test(text.slice(at, at + 4))) this.#column = -1;
      return;
    }
    this.#at = text.length;
    this.#column = -1;
    this.#lineEnd = text.length;
  }

  /** Where a block collection ends: with the line of its last value. */
  #endOf(last: YamlValue | undefined): number {
    return lineEndBehind(this.#text, last?.span.to ?? 0);
  }

  #give(): YamlScalar {
    this.#odd = true;
    this.#nextLine(this.#text.length);
    return { kind: 'scalar', span: { from: 0, to: 0 }, value: null, source: '', plain: true };
  }
}

interface Key extends Omit<Entry, 'value'> {
  /** Behind the colon. */
  readonly to: number;
}
