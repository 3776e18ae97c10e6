import { fieldNamed } from '@dbwitness/shared/events/fields.ts';
import type { EventView } from '../../host/events.ts';
import type { Filter, Sort } from '../../host/filter.ts';
import type { CaseStore } from '../case/case-store.ts';
import { sqlName } from '../db/database.ts';
import { EngineError } from '../engine-error.ts';
import { EVENTS } from '../store/event-file.ts';
import { eventExpression, joinedTables } from '../store/event-view.ts';
import { type EventSets, filterKey, timeOnly } from './event-sets.ts';
import { filterCondition, isTimeRange } from './filter-sql.ts';

/**
 * A filtered, sorted view. Events in time order stand side by side, so a stretch of time is a stretch of row ids and needs
 * no table; every other view is a stretch of an in-memory table of row ids in the view's order.
 */
export type View = {
  readonly id: string;
  readonly rows: number;
  readonly dataVersion: number;
  /** Its first row id, of the records or of the table. */
  readonly first: number;
} & (
  | { readonly kind: 'stretch' }
  | { readonly kind: 'table'; readonly table: string; readonly ordered: boolean }
);

/** Views that are known by their id; one that was forgotten is opened anew. */
const MAX_VIEWS = 100;
/** Bytes of a row id. */
const WIDTH = 8;

type Rows =
  | { readonly kind: 'stretch'; readonly first: number; readonly rows: number }
  | {
      readonly kind: 'table';
      readonly first: number;
      readonly rows: number;
      readonly table: string;
      readonly ordered: boolean;
    };

/** The views of one open case. A new publish makes all of them old. */
export class ViewCache {
  readonly sets: EventSets;
  readonly #store: CaseStore;
  /** In order of opening. */
  readonly #views = new Map<string, View>();
  #next = 1;

  constructor(store: CaseStore, sets: EventSets) {
    this.#store = store;
    this.sets = sets;
  }

  /** The view of a filter and a sort order, made when it is not there. */
  async open(filter: Filter, sort: Sort | undefined, signal?: AbortSignal): Promise<EventView> {
    await this.sets.renew();
    const { dataVersion } = this.#store;
    const rows = await this.#rows(filter, sort, signal);
    const view: View = { ...rows, id: `view-${dataVersion}-${this.#next++}`, dataVersion };
    this.#views.set(view.id, view);
    const [oldest] = this.#views.keys();
    if (oldest !== undefined && this.#views.size > MAX_VIEWS) this.#views.delete(oldest);
    return { view: view.id, rows: view.rows, dataVersion };
  }

  /** The view of an id, or `view/gone` when the case has moved on: the front end asks for it anew. */
  get(id: string): View {
    const view = this.#views.get(id);
    if (
      view !== undefined &&
      view.dataVersion === this.#store.dataVersion &&
      (view.kind === 'stretch' || this.sets.tables.has(view.table))
    )
      return view;
    throw new EngineError('view/gone', 'This view is out of date.', { next: 'Open it again.' });
  }

  async #rows(filter: Filter, sort: Sort | undefined, signal?: AbortSignal): Promise<Rows> {
    if (sort !== undefined) return this.#sorted(filter, sort, signal);
    if (isTimeRange(filter))
      return { kind: 'stretch', ...(await this.#stretch(`${EVENTS}.record`, filter, signal)) };
    const set = await this.sets.of(filter, signal);
    if (set !== undefined)
      return {
        kind: 'table',
        ordered: true,
        table: set.name,
        ...(await this.#stretch(set.name, timeOnly(filter), signal)),
      };
    const { sql, params } = filterCondition(filter, this.#store.coded);
    const select = `SELECT r.rowid AS record_row FROM ${EVENTS}.record r WHERE ${sql}`;
    const { name, rows } = await this.sets.tables.get(
      `view ${filterKey(filter)}`,
      { sql: select, params },
      WIDTH,
      signal,
    );
    return { kind: 'table', ordered: true, table: name, first: 0, rows };
  }

  async #sorted(filter: Filter, sort: Sort, signal?: AbortSignal): Promise<Rows> {
    const { sql, params } = await this.sets.condition(filter, signal);
    const { name, rows } = await this.sets.tables.get(
      `sorted ${JSON.stringify(sort)} ${filterKey(filter)}`,
      {
        sql: `SELECT r.rowid AS record_row FROM ${sortTables(sort)} WHERE ${sql} ORDER BY ${sortExpression(sort)}, r.rowid`,
        params,
      },
      WIDTH,
      signal,
    );
    return { kind: 'table', ordered: false, table: name, first: 0, rows };
  }

  /** A stretch of time as a stretch of row ids of a table in time order. */
  async #stretch(
    table: string,
    filter: Filter,
    signal?: AbortSignal,
  ): Promise<{ readonly first: number; readonly rows: number }> {
    const { sql, params } = filterCondition(filter);
    const [row] = await this.#store.database.all(
      'view',
      `SELECT min(r.rowid)::DOUBLE AS first, count(*)::DOUBLE AS rows FROM ${table} r WHERE ${sql}`,
      params,
      signal,
    );
    return { first: Number(row?.first ?? 0), rows: Number(row?.rows ?? 0) };
  }
}

function sortTables(sort: Sort): string {
  const needsStatement =
    fieldNamed(sort.field)?.home === 'statement' || fieldNamed(sort.field)?.statementAdds === true;
  return needsStatement ? joinedTables(EVENTS) : `${EVENTS}.record r`;
}

function sortExpression({ field, direction }: Sort): string {
  const known = fieldNamed(field);
  if (known === undefined || field === 'raw')
    throw new EngineError('sort/unknown-field', `Events cannot be sorted by “${field}”.`, {
      next: 'Choose one of the fields of the event.',
    });
  const way = direction === 'ascending' ? 'ASC NULLS LAST' : 'DESC NULLS LAST';
  // The number of an exhibit orders by number, its text would not.
  if (field === 'event_id') return `r.exhibit ${way}, r.ordinal ${way}`;
  // The codes of a column are in the order of its values: sorting needs no text.
  const stored = known.home === 'record' && known.statementAdds !== true && known.type !== 'json';
  return `${stored ? `r.${sqlName(field)}` : eventExpression(field)} ${way}`;
}
