import { fieldNamed } from '@dbwitness/shared/events/fields.ts';
import type { EventView } from '../../host/events.ts';
import type { Filter, Sort } from '../../host/filter.ts';
import type { CaseStore } from '../case/case-store.ts';
import { sqlName } from '../db/database.ts';
import { EngineError } from '../engine-error.ts';
import { EVENTS } from '../store/event-file.ts';
import { eventExpression, joinedTables } from '../store/event-view.ts';
import { filterCondition, isTimeRange } from './filter-sql.ts';

/**
 * A filtered, sorted view. Events in time order stand side by side, so a stretch of time is a stretch of row ids and needs
 * no table; every other view is an in-memory table of row ids in the view's order.
 */
export type View = {
  readonly id: string;
  readonly rows: number;
  readonly dataVersion: number;
} & (
  | { readonly kind: 'stretch'; readonly first: number }
  | { readonly kind: 'table'; readonly table: string; readonly ordered: boolean }
);

/** Row ids that cached views may hold together; 8 bytes each in DuckDB's memory. */
const MAX_CACHED_ROWS = 30_000_000;
const MAX_CACHED_VIEWS = 24;

/** The views of one open case, least recently used dropped first. A new publish makes all of them old. */
export class ViewCache {
  readonly #store: CaseStore;
  /** In order of last use. */
  readonly #views = new Map<string, Promise<View>>();
  readonly #byId = new Map<string, View>();
  #next = 1;

  constructor(store: CaseStore) {
    this.#store = store;
  }

  /** The view of a filter and a sort order, made when it is not there. */
  async open(filter: Filter, sort: Sort | undefined, signal?: AbortSignal): Promise<EventView> {
    const key = JSON.stringify([
      filter.from,
      filter.to,
      filter.text?.trim(),
      filter.clauses.map(({ id: _, ...clause }) => clause),
      sort,
      this.#store.dataVersion,
    ]);
    let made = this.#views.get(key);
    if (made === undefined) {
      made = this.#make(filter, sort, signal);
      made.catch(() => this.#views.delete(key));
    }
    this.#views.delete(key);
    this.#views.set(key, made);
    const view = await made;
    await this.#evict();
    return { view: view.id, rows: view.rows, dataVersion: view.dataVersion };
  }

  /** The view of an id, or `view/gone` when the case has moved on: the front end asks for it anew. */
  get(id: string): View {
    const view = this.#byId.get(id);
    if (view !== undefined && view.dataVersion === this.#store.dataVersion) return view;
    throw new EngineError('view/gone', 'This view is out of date.', { next: 'Open it again.' });
  }

  async #make(filter: Filter, sort: Sort | undefined, signal?: AbortSignal): Promise<View> {
    const { database, dataVersion } = this.#store;
    const id = `view-${dataVersion}-${this.#next++}`;
    const { sql, params } = filterCondition(filter, this.#store.coded);
    let view: View;
    if (sort === undefined && isTimeRange(filter)) {
      const [row] = await database.all(
        'scan',
        `SELECT min(r.rowid)::DOUBLE AS first, count(*)::DOUBLE AS rows FROM ${EVENTS}.record r WHERE ${sql}`,
        params,
        signal,
      );
      view = {
        id,
        dataVersion,
        kind: 'stretch',
        rows: Number(row?.rows ?? 0),
        first: Number(row?.first ?? 0),
      };
    } else {
      const table = `memory.main.view_${dataVersion}_${this.#next++}`;
      const from = sort === undefined ? `${EVENTS}.record r` : sortTables(sort);
      const order = sort === undefined ? '' : `ORDER BY ${sortExpression(sort)}, r.rowid`;
      await database.run(
        'scan',
        `CREATE TABLE ${table} AS SELECT r.rowid AS record_row FROM ${from} WHERE ${sql} ${order}`,
        params,
        signal,
      );
      const [row] = await database.all('scan', `SELECT count(*)::DOUBLE AS rows FROM ${table}`);
      view = {
        id,
        dataVersion,
        kind: 'table',
        table,
        ordered: sort === undefined,
        rows: Number(row?.rows ?? 0),
      };
    }
    this.#byId.set(id, view);
    return view;
  }

  async #evict(): Promise<void> {
    const views = await Promise.all(
      [...this.#views.entries()].map(async ([key, view]) => ({
        key,
        view: await view.catch(() => undefined),
      })),
    );
    let rows = 0;
    let kept = 0;
    for (const { key, view } of views.reverse()) {
      if (view === undefined) continue;
      const held = view.kind === 'table' ? view.rows : 0;
      kept++;
      const old = view.dataVersion !== this.#store.dataVersion;
      if (!old && kept <= MAX_CACHED_VIEWS && (rows + held <= MAX_CACHED_ROWS || kept === 1)) {
        rows += held;
        continue;
      }
      this.#views.delete(key);
      this.#byId.delete(view.id);
      if (view.kind === 'table') await this.#store.database.run('scan', `DROP TABLE IF EXISTS ${view.table}`);
    }
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
