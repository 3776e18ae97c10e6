import type { AuditObject } from '@dbwitness/shared/events/audit-event.ts';
import { detached } from '@dbwitness/shared/logs/text-cache.ts';
import { TIME_TEXT_CUTS } from './columns.ts';
import type { DictionaryRows } from './row-batch.ts';

/**
 * Distinct values kept per column before its map starts afresh. A value may then get a second code, which the publish
 * step folds: memory stays flat however many distinct values a file has.
 */
const MAX_DISTINCT = 65_536;

/** Gives each distinct text of one column a code, from 1; tells a batch of the new ones. */
export class Dictionary {
  readonly #column: number;
  #codes = new Map<string, number>();
  #next = 1;
  #lastValue: string | undefined;
  #lastCode = 0;

  constructor(column: number) {
    this.#column = column;
  }

  code(value: string, added: DictionaryRows): number {
    // Neighbouring records mostly share user, database, session, …
    if (value === this.#lastValue) return this.#lastCode;
    let code = this.#codes.get(value);
    if (code === undefined) {
      // Most texts are slices of their record, which would stay in memory with them.
      const own = detached(value);
      code = this.add(own, added);
      if (this.#codes.size >= MAX_DISTINCT) this.#codes = new Map();
      this.#codes.set(own, code);
    }
    this.#lastValue = value;
    this.#lastCode = code;
    return code;
  }

  /** A new code for a value that somebody else remembers. */
  add(value: string, added: DictionaryRows): number {
    const code = this.#next++;
    added.column.push(this.#column);
    added.code.push(code);
    added.value.push(value);
    added.chars += value.length;
    return code;
  }
}

/** A dictionary of lists of texts, as JSON. Lists of one, the commonest, are found without making their JSON. */
export class TextListDictionary {
  readonly #dictionary: Dictionary;
  #single = new Map<string, number>();

  constructor(column: number) {
    this.#dictionary = new Dictionary(column);
  }

  code(list: readonly string[], added: DictionaryRows): number {
    const [only] = list;
    if (list.length !== 1 || only === undefined) return this.#dictionary.code(JSON.stringify(list), added);
    let code = this.#single.get(only);
    if (code === undefined) {
      code = this.#dictionary.add(JSON.stringify(list), added);
      if (this.#single.size >= MAX_DISTINCT) this.#single = new Map();
      this.#single.set(detached(only), code);
    }
    return code;
  }
}

interface KnownObject {
  readonly type: string;
  readonly access: string;
  readonly code: number;
}

/** The same for lists of objects. */
export class ObjectListDictionary {
  readonly #dictionary: Dictionary;
  #single = new Map<string, KnownObject[]>();

  constructor(column: number) {
    this.#dictionary = new Dictionary(column);
  }

  code(list: readonly AuditObject[], added: DictionaryRows): number {
    const [only] = list;
    if (list.length !== 1 || only === undefined) return this.#dictionary.code(JSON.stringify(list), added);
    const named = this.#single.get(only.name);
    const known = named?.find((object) => object.type === only.type && object.access === only.access);
    if (known !== undefined) return known.code;
    const code = this.#dictionary.add(JSON.stringify(list), added);
    const fresh = { type: only.type, access: only.access, code };
    if (named !== undefined) named.push(fresh);
    else {
      if (this.#single.size >= MAX_DISTINCT) this.#single = new Map();
      this.#single.set(detached(only.name), [fresh]);
    }
    return code;
  }
}

/** Codes the time as logged in its three parts. Neighbouring records mostly share the first two. */
export class TimeTextDictionary {
  readonly #parts: readonly [Dictionary, Dictionary, Dictionary];
  readonly #codes = [0, 0, 0];
  #last = '';

  constructor(firstColumn: number) {
    this.#parts = [
      new Dictionary(firstColumn),
      new Dictionary(firstColumn + 1),
      new Dictionary(firstColumn + 2),
    ];
  }

  /** The codes of the parts; valid until the next call. */
  codes(text: string, added: DictionaryRows): readonly number[] {
    const [minute, second, rest] = this.#parts;
    const [secondAt, restAt] = TIME_TEXT_CUTS;
    if (this.#last.length < restAt || !text.startsWith(this.#last)) {
      this.#last = detached(text.slice(0, restAt));
      this.#codes[0] = minute.code(text.slice(0, secondAt), added);
      this.#codes[1] = second.code(text.slice(secondAt, restAt), added);
    }
    this.#codes[2] = rest.code(text.slice(restAt), added);
    return this.#codes;
  }
}
