import { ANY_EVENTS, type EventKind } from '../plan/event-kind.ts';
import { NOTHING, type Predicate } from '../predicate.ts';
import type { Sql, SqlDialect } from '../sql/dialect.ts';
import type { Home, KeywordLeaf, Layout, Operand, Place } from '../sql/layout.ts';

/** Events in a table of someone's own: whatever the rule's log source is, it is for them; no arrays of objects. */
export const TABLE_EVENTS: EventKind = { ...ANY_EVENTS, nested: false };

/**
 * A table of someone's own: a row for each event, and for each field that a rule names a column of that name, of text,
 * whole numbers or booleans that are `true` and `false` as text. Keywords look at one column, which holds the record as
 * text.
 */
export class TableLayout implements Layout {
  readonly source = undefined;
  readonly #table: string;
  readonly #keywords: string;
  readonly #dialect: SqlDialect;

  constructor(table: string, keywords: string, dialect: SqlDialect) {
    this.#table = table;
    this.#keywords = keywords;
    this.#dialect = dialect;
  }

  order(): readonly Sql[] {
    return [];
  }

  /** `schema.table` has two names. */
  events(): Sql {
    return this.#table.split('.').map(this.#dialect.identifier).join('.');
  }

  bind(field: string, dialect: SqlDialect, column: (name: string) => Sql): Operand {
    // Its column may be of numbers: as text, a value compares alike on every engine (SIGMA R8).
    return { type: 'text', sql: dialect.textOfInteger(column(field)) };
  }

  keyword(leaf: KeywordLeaf): Predicate {
    return { ...leaf, field: this.#keywords };
  }

  /** Rules that ask for it are not planned for a table (`EventKind.nested`). */
  members(): Predicate {
    return NOTHING;
  }

  homeOf(): Home {
    return 'event';
  }

  columnAt(_home: Home, name: string): string {
    return name;
  }

  placeOf(home: Home): Place {
    throw new Error(`a table has no ${home} of its own`);
  }

  shared(): undefined {
    return undefined;
  }

  micros(time: Sql, dialect: SqlDialect): Sql {
    return dialect.micros(time);
  }

  among(id: Sql, ids: readonly string[], dialect: SqlDialect): Sql {
    return dialect.equals(id, ids);
  }
}
