import type { Filter } from '../../host/filter.ts';
import type { CaseStore } from '../case/case-store.ts';
import { EVENTS } from '../store/event-file.ts';
import { type Condition, filterCondition } from './filter-sql.ts';
import { type RowTable, RowTables } from './row-tables.ts';

/** Bytes of a row of a set: row id, time, class. */
const SET_WIDTH = 17;
/** From this share of all events, looking row ids up in a set costs more than evaluating its filter again. */
const MOST_LOOKED_UP = 0.25;

/**
 * What filters leave, of one open case. A filter that reads texts or lists is evaluated once over all times, into a table
 * (`record_row`, `time`, `class`) in time order; list, timeline and facets then ask that, at any zoom.
 */
export class EventSets {
  readonly tables: RowTables;
  readonly #store: CaseStore;
  #dataVersion: number;

  constructor(store: CaseStore) {
    this.#store = store;
    this.tables = new RowTables(store.database);
    this.#dataVersion = store.dataVersion;
  }

  /** The set of a costly filter's clauses and text, whatever its time; undefined where the records are asked as fast. */
  async of(filter: Filter, signal?: AbortSignal): Promise<RowTable | undefined> {
    await this.renew();
    const timeless = withoutTime(filter);
    const { sql, params, costly } = filterCondition(timeless, this.#store.coded);
    if (costly === undefined) return undefined;
    return this.tables.get(
      filterKey(timeless),
      {
        sql: `SELECT r.rowid AS record_row, r.time AS time, r.class AS class FROM ${EVENTS}.record r WHERE ${sql}`,
        params,
      },
      SET_WIDTH,
      signal,
    );
  }

  /**
   * The same for one question alone: a set is made only where the question would read texts of all records. What is decided
   * on distinct texts costs less than the table of the many events that it may leave.
   */
  async forOne(filter: Filter, signal?: AbortSignal): Promise<RowTable | undefined> {
    await this.renew();
    const timeless = withoutTime(filter);
    const { costly } = filterCondition(timeless, this.#store.coded);
    return costly === 'records' ? this.of(filter, signal) : this.tables.made(filterKey(timeless));
  }

  /** A filter as a condition over `record r`, from its set where it has one. */
  async condition(filter: Filter, signal?: AbortSignal): Promise<Condition> {
    return this.from(await this.of(filter, signal), filter);
  }

  /** A filter as a condition over `record r`, from this set of it where that is faster. */
  from(set: RowTable | undefined, filter: Filter): Condition {
    if (set === undefined || set.rows > this.#store.extent.events * MOST_LOOKED_UP)
      return filterCondition(filter, this.#store.coded);
    const { sql, params } = filterCondition(timeOnly(filter));
    return { sql: `${sql} AND r.rowid IN (SELECT record_row FROM ${set.name})`, params };
  }

  /** Drops what was made of events that have been replaced since. */
  async renew(): Promise<void> {
    if (this.#dataVersion === this.#store.dataVersion) return;
    this.#dataVersion = this.#store.dataVersion;
    await this.tables.clear();
  }
}

/** The same for filters that ask the same. */
export function filterKey(filter: Filter): string {
  return JSON.stringify([
    filter.from,
    filter.to,
    filter.text?.trim(),
    filter.clauses.map(({ id: _, ...clause }) => clause),
  ]);
}

function withoutTime({ text, clauses }: Filter): Filter {
  return text === undefined ? { clauses } : { text, clauses };
}

/** What a filter says of time alone. */
export function timeOnly({ from, to }: Filter): Filter {
  return { clauses: [], ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}
