import type { AuditEvent } from '@dbwitness/shared/events/audit-event.ts';
import {
  DICTIONARY_COLUMNS,
  dictionaryColumn,
  EVENT_NUMBER_COLUMNS,
  EXTRA_COLUMNS,
  NUMBER_COLUMNS,
  OBJECT_COLUMN,
  PARAMETERS_COLUMN,
  type PLACE_COLUMNS,
  TEXT_COLUMNS,
  TEXT_LIST_COLUMNS,
  TIME_TEXT_COLUMNS,
} from './columns.ts';
import { Dictionary, ObjectListDictionary, TextListDictionary, TimeTextDictionary } from './dictionary.ts';
import { ExtraDictionary } from './extra-dictionary.ts';
import {
  BATCH_CHARS,
  BATCH_ROWS,
  type DictionaryRows,
  type RowBatch,
  type StatementRow,
} from './row-batch.ts';
import { wellFormedJson } from './well-formed-json.ts';

const FORMAT = dictionaryColumn('format');
const OBJECTS = dictionaryColumn(OBJECT_COLUMN.field.name);
const PARAMETERS = dictionaryColumn(PARAMETERS_COLUMN);
const TIME_TEXT = dictionaryColumn(TIME_TEXT_COLUMNS[0]);

/** Where a record stands and what its statement is, beside what it says. `statement_id` is NaN without a statement. */
export type RecordPlace = Readonly<Record<(typeof PLACE_COLUMNS)[number], number>>;

/** Turns events into batches of columns. One encoder per exhibit: its dictionaries are the exhibit's own. */
export class RowEncoder {
  readonly #texts = TEXT_COLUMNS.map(({ field, of }) => {
    const column = dictionaryColumn(field.name);
    return { of, column, dictionary: new Dictionary(column) };
  });
  readonly #lists = TEXT_LIST_COLUMNS.map(({ field, of }) => {
    const column = dictionaryColumn(field.name);
    return { of, column, dictionary: new TextListDictionary(column) };
  });
  readonly #objects = new ObjectListDictionary(OBJECTS);
  readonly #parameters = new TextListDictionary(PARAMETERS);
  readonly #times = new TimeTextDictionary(TIME_TEXT);
  readonly #extra = new ExtraDictionary(dictionaryColumn(EXTRA_COLUMNS[0] ?? ''));
  readonly #numbers = EVENT_NUMBER_COLUMNS.map(({ of }) => of);
  /** The format is the exhibit's, not the event's. */
  readonly #format: string;
  readonly #formats = new Dictionary(FORMAT);
  readonly #part: number;
  #batch: Filling = emptyBatch(0);
  #ordinal = 0;

  constructor(format: string, part = 0) {
    this.#format = format;
    this.#part = part;
  }

  /** The members of `extra` that have a column of their own, in the order in which they came. */
  get members(): readonly string[] {
    return this.#extra.members;
  }

  /** Gives the members of `extra` their columns before they come, which is where they have them in other parts. */
  addMembers(keys: readonly string[]): void {
    this.#extra.addMembers(keys);
  }

  /** The ordinal that the next record gets. Only between batches, after `end`. */
  goOn(ordinal: number): void {
    this.#ordinal = ordinal;
    this.#batch = { ...this.#batch, firstOrdinal: ordinal };
  }

  /** Records encoded so far, over all batches. */
  get records(): number {
    return this.#ordinal;
  }

  /** Adds a statement's row to the batch that is being filled. */
  addStatement(row: StatementRow): void {
    this.#batch.statements.push({ ...row, row: this.#batch.rows });
    this.#batch.dictionary.chars += row.text.length * 2;
  }

  /** Adds one record; returns the batch when that filled it. */
  add(event: AuditEvent, place: RecordPlace): RowBatch | undefined {
    const batch = this.#batch;
    const { numbers, codes, dictionary: added } = batch;
    const row = batch.rows++;
    let column = 0;
    for (const of of this.#numbers) set(numbers[column++], row, of(event) ?? Number.NaN);
    set(numbers[column++], row, place.byte_offset);
    set(numbers[column++], row, place.byte_length);
    set(numbers[column++], row, place.line);
    set(numbers[column++], row, place.statement_id);
    for (const { of, column, dictionary } of this.#texts) {
      const value = of(event);
      if (value !== undefined) set(codes[column], row, dictionary.code(value, added));
    }
    set(codes[FORMAT], row, this.#formats.code(this.#format, added));
    for (const { of, column, dictionary } of this.#lists) {
      const value = of(event);
      if (value !== undefined && value.length > 0) set(codes[column], row, dictionary.code(value, added));
    }
    const objects = OBJECT_COLUMN.of(event);
    if (objects !== undefined && objects.length > 0)
      set(codes[OBJECTS], row, this.#objects.code(objects, added));
    const { parameters, time_raw: time } = event;
    if (parameters !== undefined && parameters.length > 0)
      set(codes[PARAMETERS], row, this.#parameters.code(parameters, added));
    if (time !== undefined) {
      let column = TIME_TEXT;
      for (const code of this.#times.codes(time, added)) set(codes[column++], row, code);
    }
    if (event.extra !== undefined) this.#extra.add(event.extra, codes, row, added);
    this.#ordinal++;
    return batch.rows === BATCH_ROWS || added.chars > BATCH_CHARS ? this.#take() : undefined;
  }

  /** What has not filled a batch yet. */
  end(): RowBatch | undefined {
    return this.#batch.rows > 0 ? this.#take() : undefined;
  }

  #take(): RowBatch {
    const { dictionary, statements, ...columns } = this.#batch;
    this.#batch = emptyBatch(this.#ordinal);
    return {
      ...columns,
      part: this.#part,
      dictionary: dictionary.value.length === 0 ? undefined : wellFormedJson(dictionary),
      statements: statements.length === 0 ? undefined : wellFormedJson(statements),
    };
  }
}

interface Filling extends Omit<RowBatch, 'part' | 'dictionary' | 'statements'> {
  rows: number;
  readonly statements: StatementRow[];
  readonly dictionary: DictionaryRows;
}

function emptyBatch(firstOrdinal: number): Filling {
  return {
    rows: 0,
    firstOrdinal,
    numbers: NUMBER_COLUMNS.map(() => new Float64Array(BATCH_ROWS)),
    codes: DICTIONARY_COLUMNS.map(() => new Uint32Array(BATCH_ROWS)),
    dictionary: { column: [], code: [], value: [], chars: 0 },
    statements: [],
  };
}

function set(column: Float64Array | Uint32Array | undefined, row: number, value: number): void {
  if (column !== undefined) column[row] = value;
}
