import type { Sql } from './dialect.ts';

/**
 * How an engine keeps what the view `event` shows. The view says what is true; this says where it is cheaper to ask: a
 * query then reads the columns that it names and no others, and a test of a value that many events share is made once
 * for the value. Without one, every query reads the view.
 */
export interface Storage {
  /**
   * A relation with a row for each event and the columns asked for: of the view, of `values` and of `own`. With `ids`, the
   * query asks for these events alone, and others may be left out.
   */
  events(columns: ReadonlySet<string>, ids?: readonly string[]): Sql;
  /** The distinct values of a field, or of an `own` column, where they are kept beside the events. */
  values(name: string): DistinctValues | undefined;
  /**
   * Of a list to which an event's statement adds (`statementAdds`): the column of `events` with what the record itself
   * says. The rest stands in the table `statement`, in a column of the field's name.
   */
  own(field: string): string | undefined;
}

/** A relation with columns `key` and `value`; an event has the key in the column `on` of `Storage.events`. */
export interface DistinctValues {
  readonly from: Sql;
  readonly on: string;
}

/** The view as it is. */
export const VIEW_ONLY: Storage = {
  events: () => 'event',
  values: () => undefined,
  own: () => undefined,
};
