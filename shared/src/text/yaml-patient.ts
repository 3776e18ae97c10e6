import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  Parser,
  type YAMLMap,
} from 'yaml';
import type { Span } from './span.ts';
import { lineEndBehind } from './yaml-scalar.ts';
import type { Entry, Scalar, YamlFault, YamlValue } from './yaml-value.ts';

/** Values in one document; a bomb of aliases stops here. */
const MOST_VALUES = 100_000;
const DEEPEST = 64;

/** Nesting that exhausts the stack, on which Node.js may abort; the package composes documents recursively. */
const DEEPEST_SYNTAX = 500;

/** A document with the faults that were found in it; without a root where it holds nothing that can be used. */
export interface PatientDocument {
  readonly root?: YamlValue;
  readonly faults: readonly YamlFault[];
}

/** Any YAML 1.2 file by the `yaml` package, which goes on behind what it cannot read. Never throws. */
export function readAnyYaml(text: string): readonly PatientDocument[] {
  const read: PatientDocument[] = [];
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    intAsBigInt: true,
    // Found here instead, with both places.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const take = (documents: Iterable<Document.Parsed>) => {
    for (const document of documents) read.push(new PatientReader(text, document).read());
  };
  for (const token of new Parser().parse(text)) {
    if (isTooDeep(token)) {
      const span = { from: token.offset, to: token.offset };
      read.push({ faults: [{ kind: 'size', span }] });
    } else take(composer.next(token));
  }
  take(composer.end(false, text.length));
  return read;
}

class PatientReader {
  readonly #text: string;
  readonly #document: Document.Parsed;
  readonly #faults: YamlFault[];
  /** What an alias stands for, as read so far: the package looks it up in the whole document each time. */
  readonly #anchors = new Map<string, Node>();
  #inAlias = false;
  #left = MOST_VALUES;

  constructor(text: string, document: Document.Parsed) {
    this.#text = text;
    this.#document = document;
    // What is missing at the end is missing behind it for the package.
    const within = (at: number) => Math.max(0, Math.min(at, text.length));
    this.#faults = document.errors.map(({ message, pos: [from, to] }) => ({
      kind: 'syntax',
      detail: message,
      span: { from: within(from), to: within(to) },
    }));
  }

  read(): PatientDocument {
    const { contents } = this.#document;
    const faults = this.#faults;
    if (contents === null) return { faults };
    const root = this.#value(contents, this.#text.length, 0);
    if (this.#left <= 0) faults.push({ kind: 'size', span: root.span });
    return root.kind === 'scalar' && root.value === null ? { faults } : { root, faults };
  }

  /** A node's value; where the text has none, it is absent at `place`. */
  #value(node: Node | null | undefined, place: number, depth: number): YamlValue {
    this.#left--;
    const range = node?.range;
    const span = { from: range?.[0] ?? place, to: range?.[1] ?? place };
    const nothing: YamlValue = { kind: 'scalar', span, value: null, source: '', plain: true };
    if (this.#left <= 0 || depth > DEEPEST) return nothing;
    if (isAlias(node)) {
      // An alias stands for the anchor's value, but is at its own place.
      const target = this.#anchors.get(node.source);
      if (target === undefined) return nothing;
      const outer = this.#inAlias;
      this.#inAlias = true;
      const value = this.#value(target, place, depth + 1);
      this.#inAlias = outer;
      return { ...value, span };
    }
    if ((isCollection(node) || isScalar(node)) && node.anchor !== undefined && !this.#inAlias)
      this.#anchors.set(node.anchor, node);
    if (isMap(node)) {
      const entries = this.#entries(node, depth);
      return { kind: 'map', span: this.#spanOf(span, node, entries.at(-1)?.value), entries };
    }
    if (isSeq(node)) {
      const items = node.items.map((item) => this.#value(item as Node, span.to, depth + 1));
      return { kind: 'list', span: this.#spanOf(span, node, items.at(-1)), items };
    }
    if (!isScalar(node)) return nothing;
    const source = typeof node.source === 'string' ? node.source : this.#text.slice(span.from, span.to);
    return { kind: 'scalar', span, value: scalar(node.value), source, plain: node.type === 'PLAIN' };
  }

  /** A collection in lines ends with the line of its last value, and comments behind it are no part of it. */
  #spanOf(span: Span, node: { flow?: boolean }, last: YamlValue | undefined): Span {
    return node.flow === true || last === undefined
      ? span
      : { from: span.from, to: lineEndBehind(this.#text, last.span.to) };
  }

  #entries(map: YAMLMap, depth: number): readonly Entry[] {
    const entries: Entry[] = [];
    const seen = new Map<string, Span>();
    for (const pair of map.items) {
      const key = this.#value(pair.key as Node | null, map.range?.[0] ?? 0, depth + 1);
      const name = key.kind === 'scalar' ? key.source : '';
      const first = seen.get(name);
      if (first !== undefined) this.#faults.push({ kind: 'duplicate', key: name, first, span: key.span });
      else seen.set(name, key.span);
      const value = this.#value(pair.value as Node | null, key.span.to, depth + 1);
      entries.push({ key: name, keySpan: key.span, value });
    }
    return entries;
  }
}

function scalar(value: unknown): Scalar {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
    case 'boolean':
      return value;
    default:
      return null;
  }
}

function isTooDeep(token: CST.Token): boolean {
  const stack: { readonly token: CST.Token; readonly depth: number }[] = [{ token, depth: 0 }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (top.depth > DEEPEST_SYNTAX) return true;
    const depth = top.depth + 1;
    if (top.token.type === 'document') {
      if (top.token.value !== undefined) stack.push({ token: top.token.value, depth });
    } else if ('items' in top.token) {
      for (const { key, value } of top.token.items) {
        for (const part of [key, value]) if (part != null) stack.push({ token: part, depth });
      }
    }
  }
  return false;
}
