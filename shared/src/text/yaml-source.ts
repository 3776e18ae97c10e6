import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  type YAMLMap,
} from 'yaml';
import { type Problem, type ProblemTable, problem } from './problem.ts';
import type { Place, Span } from './span.ts';

/** A plain value, typed by YAML 1.2's core schema; integers are exact. */
export type Scalar = string | number | bigint | boolean | null;

export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: YamlValue;
}

/** A node of the text with its place. A broken or missing value is a null scalar where the text stops. */
export type YamlValue =
  | { readonly kind: 'map'; readonly span: Span; readonly entries: readonly Entry[] }
  | { readonly kind: 'list'; readonly span: Span; readonly items: readonly YamlValue[] }
  | YamlScalar;

export interface YamlScalar {
  readonly kind: 'scalar';
  readonly span: Span;
  readonly value: Scalar;
  /** The text as written, where YAML's typing hides it (dates, numbers as titles). */
  readonly source: string;
  /** Written without quotes and not as a block: YAML decides its type. */
  readonly plain: boolean;
}

/** Values in one document; a bomb of aliases stops here. */
const MOST_VALUES = 100_000;
const DEEPEST = 64;

/**
 * One YAML 1.2 file (SIGMA Y3, Y5) as plain values with places, and the problems of the syntax. Never throws.
 * `report` is how readers above it add theirs.
 */
export class YamlSource<T extends ProblemTable> {
  readonly file: string;
  readonly text: string;
  readonly problems: Problem[] = [];
  readonly #lines = new LineCounter();
  readonly #table: T;
  #left = MOST_VALUES;

  constructor(file: string, text: string, table: T) {
    this.file = file;
    this.text = text;
    this.#table = table;
  }

  /** The documents that hold something, in order. */
  documents(codes: {
    readonly syntax: keyof T & string;
    readonly duplicate: keyof T & string;
    readonly size: keyof T & string;
  }): readonly YamlValue[] {
    const documents = parseAllDocuments(this.text, {
      version: '1.2',
      schema: 'core',
      intAsBigInt: true,
      // Found here instead, with both places.
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
      lineCounter: this.#lines,
    });
    if (!Array.isArray(documents)) return [];
    const values: YamlValue[] = [];
    for (const document of documents as readonly Document.Parsed[]) {
      for (const error of document.errors) {
        this.report(codes.syntax, { detail: error.message }, { from: error.pos[0], to: error.pos[1] });
      }
      if (document.contents === null) continue;
      this.#left = MOST_VALUES;
      const value = this.#value(document.contents, document, codes.duplicate, 0);
      if (this.#left <= 0) this.report(codes.size, {}, value.span);
      if (value.kind !== 'scalar' || value.value !== null) values.push(value);
    }
    return values;
  }

  report(code: keyof T & string, data: Readonly<Record<string, string | number>>, span: Span): Problem {
    const made = problem(this.#table, code, data, this.place(span));
    this.problems.push(made);
    return made;
  }

  place(span: Span): Place {
    return { file: this.file, line: this.#lines.linePos(span.from).line, span };
  }

  #value(
    node: Node | null | undefined,
    document: Document,
    duplicate: keyof T & string,
    depth: number,
  ): YamlValue {
    this.#left--;
    const range = node?.range;
    const span = { from: range?.[0] ?? this.text.length, to: range?.[1] ?? this.text.length };
    if (this.#left <= 0 || depth > DEEPEST)
      return { kind: 'scalar', span, value: null, source: '', plain: true };
    if (isAlias(node)) {
      // An alias stands for the anchor's value, but is at its own place.
      const target = this.#value(node.resolve(document), document, duplicate, depth + 1);
      return { ...target, span };
    }
    if (isMap(node)) return { kind: 'map', span, entries: this.#entries(node, document, duplicate, depth) };
    if (isSeq(node)) {
      return {
        kind: 'list',
        span,
        items: node.items.map((item) => this.#value(item as Node, document, duplicate, depth + 1)),
      };
    }
    const value = isScalar(node) ? toScalar(node.value) : null;
    return {
      kind: 'scalar',
      span,
      value,
      source:
        isScalar(node) && typeof node.source === 'string' ? node.source : this.text.slice(span.from, span.to),
      plain: !isScalar(node) || node.type === 'PLAIN',
    };
  }

  #entries(map: YAMLMap, document: Document, duplicate: keyof T & string, depth: number): readonly Entry[] {
    const entries: Entry[] = [];
    const seen = new Map<string, Span>();
    for (const pair of map.items) {
      const keyNode = pair.key as Node | null;
      const keyValue = this.#value(keyNode, document, duplicate, depth + 1);
      const key = keyValue.kind === 'scalar' ? keyValue.source : '';
      const first = seen.get(key);
      if (first !== undefined)
        this.report(duplicate, { key, line: this.place(first).line ?? 0 }, keyValue.span);
      else seen.set(key, keyValue.span);
      entries.push({
        key,
        keySpan: keyValue.span,
        value: this.#value(pair.value as Node | null, document, duplicate, depth + 1),
      });
    }
    return entries;
  }
}

function toScalar(value: unknown): Scalar {
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

/** The value of `key`, the first where it stands twice. */
export function entry(map: YamlValue | undefined, key: string): Entry | undefined {
  return map?.kind === 'map' ? map.entries.find((candidate) => candidate.key === key) : undefined;
}
