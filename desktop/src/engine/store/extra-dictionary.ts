import type { AuditEvent } from '@dbwitness/shared/events/audit-event.ts';
import { EXTRA_COLUMNS } from './columns.ts';
import { Dictionary } from './dictionary.ts';
import type { DictionaryRows } from './row-batch.ts';

type Extra = NonNullable<AuditEvent['extra']>;
type Value = Extra[string];

/** The dictionary of one member of `extra`: codes by value, fragments of JSON as texts. */
class Member {
  readonly column: number;
  readonly #key: string;
  readonly #dictionary: Dictionary;
  #codes = new Map<Value, number>();
  #lastValue: Value | undefined;
  #lastCode = 0;

  constructor(column: number, key: string) {
    this.column = column;
    this.#key = key;
    this.#dictionary = new Dictionary(column);
  }

  code(value: Value, added: DictionaryRows): number {
    if (value === this.#lastValue) return this.#lastCode;
    let code = this.#codes.get(value);
    if (code === undefined) {
      code = this.#dictionary.code(fragment(this.#key, value), added);
      // A bound on memory: what is forgotten is found again in the dictionary below.
      if (this.#codes.size >= 65_536) this.#codes = new Map();
      // Lists are new objects each time: they would only fill the map.
      if (typeof value !== 'object') this.#codes.set(value, code);
    }
    this.#lastValue = value;
    this.#lastCode = code;
    return code;
  }
}

/** Spreads the members of `extra` over its columns: each key that comes gets one, the last is for all further keys together. */
export class ExtraDictionary {
  readonly #firstColumn: number;
  readonly #members = new Map<string, Member>();
  readonly #rest: Dictionary;
  readonly #restColumn: number;

  constructor(firstColumn: number) {
    this.#firstColumn = firstColumn;
    this.#restColumn = firstColumn + EXTRA_COLUMNS.length - 1;
    this.#rest = new Dictionary(this.#restColumn);
  }

  /** The keys that have a column, in the order of their columns. */
  get members(): readonly string[] {
    return [...this.#members.keys()];
  }

  addMembers(keys: readonly string[]): void {
    for (const key of keys) if (!this.#members.has(key)) this.#newMember(key);
  }

  add(extra: Extra, codes: readonly Uint32Array[], row: number, added: DictionaryRows): void {
    let rest = '';
    for (const key in extra) {
      const value = extra[key];
      if (value === undefined) continue;
      const member = this.#members.get(key) ?? this.#newMember(key);
      if (member === undefined) {
        rest += `${rest === '' ? '' : ','}${fragment(key, value)}`;
        continue;
      }
      const column = codes[member.column];
      if (column !== undefined) column[row] = member.code(value, added);
    }
    const column = codes[this.#restColumn];
    if (rest !== '' && column !== undefined) column[row] = this.#rest.code(rest, added);
  }

  #newMember(key: string): Member | undefined {
    if (this.#members.size >= EXTRA_COLUMNS.length - 1) return undefined;
    const member = new Member(this.#firstColumn + this.#members.size, key);
    this.#members.set(key, member);
    return member;
  }
}

function fragment(key: string, value: Value): string {
  return `${JSON.stringify(key)}:${JSON.stringify(value)}`;
}
