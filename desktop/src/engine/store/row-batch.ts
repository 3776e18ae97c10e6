import type { AuditEvent } from '@dbwitness/shared/events/audit-event.ts';
import type { StatementFacts } from '@dbwitness/shared/sql/facts.ts';
import { CODED_COLUMNS, DICTIONARY_COLUMNS, LIST_COLUMNS, NUMBER_COLUMNS, PLAIN_COLUMNS } from './columns.ts';

/** Rows of a batch: large enough to make a message cheap, small enough to keep memory flat. */
export const BATCH_ROWS = 8192;

/** A distinct statement text with what it tells, at its first appearance in an exhibit. */
export interface StatementRow {
  readonly id: number;
  readonly text: string;
  readonly dialect: string;
  readonly truncated: boolean;
  readonly facts: StatementFacts;
}

/** New values of the dictionaries of one batch, three parallel arrays. */
export interface DictionaryRows {
  /** Index into `DICTIONARY_COLUMNS`. */
  readonly column: number[];
  readonly code: number[];
  readonly value: string[];
}

/** Normalised records as columns: what crosses from the reading thread to the store. */
export interface RowBatch {
  readonly rows: number;
  /** Ordinal of the first row in its exhibit; the others follow. */
  readonly firstOrdinal: number;
  /** One column each of `NUMBER_COLUMNS`, `BATCH_ROWS` long; NaN is absent. */
  readonly numbers: readonly Float64Array<ArrayBuffer>[];
  /** One column each of `DICTIONARY_COLUMNS`, `BATCH_ROWS` long; 0 is absent. */
  readonly codes: readonly Uint32Array<ArrayBuffer>[];
  /** One column each of `PLAIN_COLUMNS`. */
  readonly plain: readonly (readonly (string | null)[])[];
  readonly dictionary: DictionaryRows;
  readonly statements: readonly StatementRow[];
}

/** Where a record stands and what its statement is, beside what it says. */
export interface RecordPlace {
  readonly byte_offset: number;
  readonly byte_length: number;
  readonly line: number;
  /** Id of its statement in this exhibit, NaN without one. */
  readonly statement_id: number;
}

/**
 * Distinct values kept per column before its map starts afresh. A value may then get a second code, which the publish
 * step folds: memory stays flat however many distinct values a file has.
 */
const MAX_DISTINCT = 65_536;

class Dictionary {
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
      if (this.#codes.size >= MAX_DISTINCT) this.#codes = new Map();
      code = this.#next++;
      this.#codes.set(value, code);
      added.column.push(this.#column);
      added.code.push(code);
      added.value.push(value);
    }
    this.#lastValue = value;
    this.#lastCode = code;
    return code;
  }
}

type FieldOf = Readonly<Record<string, unknown>>;

/** Turns events into batches of columns. One encoder per exhibit: its dictionaries are the exhibit's own. */
export class RowEncoder {
  readonly #dictionaries = DICTIONARY_COLUMNS.map((_, column) => new Dictionary(column));
  readonly #textNames = CODED_COLUMNS.map((field) => field.name);
  readonly #listNames = LIST_COLUMNS.map((field) => field.name);
  readonly #plainNames = PLAIN_COLUMNS.map((field) => field.name).filter((name) => name !== 'extra');
  readonly #extraColumn = PLAIN_COLUMNS.findIndex((field) => field.name === 'extra');
  readonly #eventNumbers: readonly (readonly [number, string])[];
  readonly #placeNumbers: readonly (readonly [number, keyof RecordPlace])[];
  #batch: MutableBatch;
  #ordinal = 0;

  constructor() {
    const places: ReadonlySet<string> = new Set([
      'byte_offset',
      'byte_length',
      'line',
      'statement_id',
    ] satisfies (keyof RecordPlace)[]);
    const numbered = NUMBER_COLUMNS.map((field, column) => [column, field.name] as const);
    this.#eventNumbers = numbered.filter(([, name]) => !places.has(name));
    this.#placeNumbers = numbered.filter(([, name]) => places.has(name)) as [number, keyof RecordPlace][];
    this.#batch = emptyBatch(0);
  }

  /** Records encoded so far, over all batches. */
  get records(): number {
    return this.#ordinal;
  }

  /** Adds a statement's row to the batch that is being filled. */
  addStatement(row: StatementRow): void {
    this.#batch.statements.push(row);
  }

  /** Adds one record; returns the batch when that filled it. */
  add(event: AuditEvent, place: RecordPlace): RowBatch | undefined {
    const batch = this.#batch;
    const row = batch.rows++;
    const fields = event as FieldOf;
    for (const [column, name] of this.#placeNumbers) set(batch.numbers[column], row, place[name]);
    for (const [column, name] of this.#eventNumbers) {
      const value = fields[name];
      set(batch.numbers[column], row, typeof value === 'number' ? value : Number.NaN);
    }
    let column = 0;
    for (const name of this.#textNames) {
      const value = fields[name];
      if (typeof value === 'string') this.#code(column, row, value);
      column++;
    }
    for (const name of this.#listNames) {
      const value = fields[name];
      if (Array.isArray(value) && value.length > 0) this.#code(column, row, JSON.stringify(value));
      column++;
    }
    let plain = 0;
    for (const name of this.#plainNames) {
      const value = fields[name];
      batch.plain[plain++]?.push(typeof value === 'string' ? value : null);
    }
    const { extra } = event;
    batch.plain[this.#extraColumn]?.push(extra === undefined ? null : JSON.stringify(extra));
    this.#ordinal++;
    return batch.rows === BATCH_ROWS ? this.#take() : undefined;
  }

  /** What has not filled a batch yet. */
  end(): RowBatch | undefined {
    return this.#batch.rows > 0 ? this.#take() : undefined;
  }

  #code(column: number, row: number, value: string): void {
    const codes = this.#batch.codes[column];
    const dictionary = this.#dictionaries[column];
    if (codes !== undefined && dictionary !== undefined)
      codes[row] = dictionary.code(value, this.#batch.dictionary);
  }

  #take(): RowBatch {
    const full = this.#batch;
    this.#batch = emptyBatch(this.#ordinal);
    return full;
  }
}

interface MutableBatch extends RowBatch {
  rows: number;
  plain: (string | null)[][];
  statements: StatementRow[];
}

function emptyBatch(firstOrdinal: number): MutableBatch {
  return {
    rows: 0,
    firstOrdinal,
    numbers: NUMBER_COLUMNS.map(() => new Float64Array(BATCH_ROWS)),
    codes: DICTIONARY_COLUMNS.map(() => new Uint32Array(BATCH_ROWS)),
    plain: PLAIN_COLUMNS.map(() => []),
    dictionary: { column: [], code: [], value: [] },
    statements: [],
  };
}

function set(column: Float64Array | undefined, row: number, value: number): void {
  if (column !== undefined) column[row] = value;
}
