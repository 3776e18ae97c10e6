import type { AuditObject } from '@dbwitness/shared/events/audit-event.ts';
import { detached } from '@dbwitness/shared/logs/text-cache.ts';
import { digits } from '@dbwitness/shared/logs/time/log-clock.ts';
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
      const json = JSON.stringify(list);
      code = this.#dictionary.add(json, added);
      if (this.#single.size >= MAX_DISTINCT) this.#single = new Map();
      // Where nothing is escaped, the text stands in the JSON: no copy of its own to keep its record from staying.
      this.#single.set(json.length === only.length + 4 ? json.slice(2, -2) : detached(only), code);
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

const DOT = 46;

/** Codes the time as logged in its three parts. Neighbouring records mostly share the first two. */
export class TimeTextDictionary {
  readonly #parts: readonly [Dictionary, Dictionary, Dictionary];
  readonly #codes = [0, 0, 0];
  #last = '';
  /** What stands behind `.ddd` where `#ofMillisecond` holds, and the code of each such text: 0 is not known yet. */
  #zone = '';
  readonly #ofMillisecond = new Uint32Array(1000);

  constructor(firstColumn: number) {
    this.#parts = [
      new Dictionary(firstColumn),
      new Dictionary(firstColumn + 1),
      new Dictionary(firstColumn + 2),
    ];
  }

  /** The codes of the parts; valid until the next call. */
  codes(text: string, added: DictionaryRows): readonly number[] {
    const [minute, second] = this.#parts;
    const [secondAt, restAt] = TIME_TEXT_CUTS;
    if (this.#last.length < restAt || !text.startsWith(this.#last)) {
      this.#last = detached(text.slice(0, restAt));
      this.#codes[0] = minute.code(text.slice(0, secondAt), added);
      this.#codes[1] = second.code(text.slice(secondAt, restAt), added);
    }
    this.#codes[2] = this.#restCode(text, restAt, added);
    return this.#codes;
  }

  /** The code of `.066 UTC`: by number where the zone is that of the record before, without a text to look up. */
  #restCode(text: string, at: number, added: DictionaryRows): number {
    const rest = this.#parts[2];
    const millisecond = text.charCodeAt(at) === DOT ? digits(text, at + 1, 3) : Number.NaN;
    if (Number.isNaN(millisecond)) return rest.code(text.slice(at), added);
    const zoneAt = at + 4;
    if (text.length - zoneAt !== this.#zone.length || !text.endsWith(this.#zone)) {
      this.#zone = detached(text.slice(zoneAt));
      this.#ofMillisecond.fill(0);
    }
    let code = this.#ofMillisecond[millisecond] ?? 0;
    if (code === 0) {
      code = rest.code(text.slice(at), added);
      this.#ofMillisecond[millisecond] = code;
    }
    return code;
  }
}
