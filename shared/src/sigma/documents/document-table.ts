import { addressDigits } from '../../estate/network.ts';
import type { TableColumn } from '../sql/table-engine.ts';
import { fold } from '../values/fold.ts';
import { ALL_JOINED, ALL_VALUES, BETWEEN_VALUES, MARK_WITHIN, type Views } from './column-needs.ts';
import type { DocumentEvent } from './document.ts';
import { DocumentLayout, type FieldColumns } from './document-layout.ts';
import { epochMicros, isTimeField } from './event-time.ts';
import { FieldReader } from './field-reader.ts';
import { membersTest, type ValueTest } from './members.ts';
import { allTexts, type Texts } from './texts.ts';

/** Takes events one by one and keeps of each what the rules ask for, as columns: its size follows the rules, not the events. */
export class DocumentTable {
  readonly #needs: readonly (readonly [name: string, views: Readonly<Views>])[];
  readonly #joined: Readonly<Views> | undefined;
  readonly #values: Readonly<Views> | undefined;
  readonly #timeField: string;
  readonly #reader: FieldReader;
  /** Tests of members, each with the place of its column among the needs. */
  readonly #members: readonly { readonly column: number; readonly passes: ValueTest }[];
  /** Of each field, one text for equal ones: most fields have few values, and every event brings a copy of its own. */
  readonly #once: readonly ((text: string) => string)[];
  /** Of each field the texts of each event, from the first event that has it. */
  readonly #texts: Texts[][];
  readonly #times: (number | undefined)[] = [];
  readonly #joinedTexts: (string | undefined)[] = [];
  readonly #allTexts: Texts[] = [];
  #withoutTime = 0;

  /**
   * `timeField`: the field whose time parts are those of the event's instant where it does not say them itself (SIGMA R14);
   * `zone`: that of time parts which are judged here.
   */
  constructor(needs: ReadonlyMap<string, Readonly<Views>>, timeField = 'time', zone = 'UTC') {
    this.#needs = [...needs].filter(([name]) => name !== ALL_JOINED && name !== ALL_VALUES);
    this.#joined = needs.get(ALL_JOINED);
    this.#values = needs.get(ALL_VALUES);
    this.#timeField = timeField;
    this.#reader = new FieldReader(this.#needs.map(([name]) => name));
    this.#texts = this.#needs.map(() => []);
    this.#once = this.#needs.map(() => remembering((text) => text));
    this.#members = this.#needs.flatMap(([, { members }], column) =>
      members === undefined ? [] : [{ column, passes: membersTest(members, zone) }],
    );
  }

  /** Events taken. */
  get events(): number {
    return this.#times.length;
  }

  /** Of these, how many have no usable time. */
  get withoutTime(): number {
    return this.#withoutTime;
  }

  add({ fields, at: given }: DocumentEvent): void {
    const row = this.#times.length;
    const at = given !== undefined && Number.isSafeInteger(Math.round(given)) ? Math.round(given) : undefined;
    this.#times.push(at);
    if (at === undefined) this.#withoutTime++;
    this.#reader.read(fields, (field, texts) => {
      const column = this.#texts[field];
      if (column !== undefined) column[row] = typeof texts === 'string' ? this.#once[field]?.(texts) : texts;
    });
    for (const { column, passes } of this.#members) {
      const held = this.#texts[column];
      if (held !== undefined && passes(fields)) held[row] = 'true';
    }
    if (this.#joined === undefined && this.#values === undefined) return;
    const texts = allTexts(fields);
    if (this.#joined !== undefined) this.#joinedTexts.push(joined(texts));
    if (this.#values !== undefined) this.#allTexts.push(texts.length === 0 ? undefined : texts);
  }

  /** The table's columns and how the fields lie in them. A field that no event has is in neither. */
  made(): { readonly columns: readonly TableColumn[]; readonly layout: DocumentLayout } {
    const rows = this.#times.length;
    const columns: TableColumn[] = [
      { name: 'event_id', type: 'integer', values: Array.from({ length: rows }, (_, row) => row) },
      { name: 'time', type: 'integer', values: this.#times },
    ];
    const fields = new Map<string, FieldColumns>();
    const add = (name: string, views: Readonly<Views>, texts: readonly Texts[]) => {
      const isEventTime = views.instant && name === this.#timeField;
      if (texts.length === 0 && !isEventTime) return;
      const number = fields.size;
      const list = texts.some((value) => typeof value === 'object');
      const column = (kind: string, from: readonly Texts[], of: (text: string) => string) => {
        columns.push(columnOf(`${kind}${number}`, from, rows, list, remembering(of)));
        return `${kind}${number}`;
      };
      const times = () => (isEventTime ? this.#times.map((at, row) => texts[row] ?? instantText(at)) : texts);
      fields.set(name, {
        type: list ? 'list' : 'text',
        ...(views.text ? { text: column('t', texts, (text) => text) } : {}),
        ...(views.folded ? { folded: column('f', texts, fold) } : {}),
        ...(views.address ? { address: column('a', texts, (text) => addressDigits(text) ?? '') } : {}),
        ...(isEventTime || (views.instant && isTimeField(name))
          ? { instant: column('i', times(), timeInIso) }
          : {}),
      });
    };
    for (const [i, [name, views]] of this.#needs.entries()) add(name, views, this.#texts[i] ?? []);
    if (this.#joined !== undefined) add(ALL_JOINED, this.#joined, this.#joinedTexts);
    if (this.#values !== undefined) add(ALL_VALUES, this.#values, this.#allTexts);
    return { columns, layout: new DocumentLayout(fields) };
  }
}

/** Numbers that count time since 1970 as text in ISO 8601; other texts are themselves. */
function timeInIso(text: string): string {
  return instantText(epochMicros(text)) ?? text;
}

/** Texts whose results are remembered; a field with more has many values, and few of them come twice. */
const MOST_REMEMBERED = 5000;

/** `of`, worked out once for texts that come again. */
function remembering(of: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const made = of(text);
    if (known.size < MOST_REMEMBERED) known.set(text, made);
    return made;
  };
}

function columnOf(
  name: string,
  texts: readonly Texts[],
  rows: number,
  list: boolean,
  of: (text: string) => string,
): TableColumn {
  if (!list) {
    const values: (string | undefined)[] = new Array(rows);
    for (let row = 0; row < rows; row++) {
      const text = texts[row];
      values[row] = typeof text === 'string' ? of(text) : undefined;
    }
    return { name, type: 'text', values };
  }
  const values: (readonly string[] | undefined)[] = new Array(rows);
  for (let row = 0; row < rows; row++) {
    const text = texts[row];
    values[row] = text === undefined ? undefined : typeof text === 'string' ? [of(text)] : text.map(of);
  }
  return { name, type: 'texts', values };
}

function joined(texts: readonly string[]): string | undefined {
  if (texts.length === 0) return undefined;
  return texts
    .map((text) => (text.includes(BETWEEN_VALUES) ? text.replaceAll(BETWEEN_VALUES, MARK_WITHIN) : text))
    .join(BETWEEN_VALUES);
}

/** The instant in ISO 8601 to the microsecond; undefined outside the years 1 to 9999. */
function instantText(micros: number | undefined): string | undefined {
  if (micros === undefined) return undefined;
  const seconds = Math.floor(micros / 1e6);
  const date = new Date(seconds * 1000);
  const year = date.getUTCFullYear();
  if (Number.isNaN(year) || year < 1 || year > 9999) return undefined;
  const rest = String(micros - seconds * 1e6).padStart(6, '0');
  return `${date.toISOString().slice(0, 19)}.${rest}Z`;
}
