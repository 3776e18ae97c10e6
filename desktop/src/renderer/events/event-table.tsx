import {
  memo,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react';
import { type EventRow, eventsLocate, eventsPage, eventsView } from '../../host/events.ts';
import type { Sort } from '../../host/filter.ts';
import { addValue } from '../filter/filter.ts';
import type { Action } from '../state/actions.ts';
import { ROW_HEIGHT } from '../state/preferences.ts';
import { useStore } from '../state/store.ts';
import { useRequest } from '../state/use-request.ts';
import { useActions, useWorkbench } from '../state/workbench.ts';
import { type Column, type RowSource, type TableHandle, VirtualTable } from '../table/virtual-table.tsx';
import { t } from '../text/message.ts';
import { Button } from '../widgets/button.tsx';
import { useCopy } from '../widgets/copy-button.tsx';
import { Empty, Failure, Loading } from '../widgets/states.tsx';
import { CellMenu } from './cell-menu.tsx';
import { ColumnsDialog } from './columns-dialog.tsx';
import { EventCell } from './event-cell.tsx';
import { moved } from './moved.ts';

export interface EventTableHandle extends TableHandle {
  /** The view that is shown, to ask for positions in it. */
  view(): string | undefined;
}

interface Props {
  /** Event whose detail is open. */
  readonly current: string | undefined;
  readonly onOpen: (event: string) => void;
  readonly facetsShown: boolean;
  readonly onFacets: () => void;
  readonly ref?: Ref<EventTableHandle>;
}

const NUMERIC = new Set([
  'rows',
  'duration_ms',
  'byte_offset',
  'byte_length',
  'line',
  'session_seq',
  'statement_seq',
  'client_port',
]);

/** All events that the filter leaves, whatever their number. */
export const EventTable = memo(function EventTable({ current, onOpen, facetsShown, onFacets, ref }: Props) {
  const { host, filter, preferences, announcement } = useWorkbench();
  const now = useStore(filter.now);
  const { density, zone, columns: chosen } = useStore(preferences);
  const [sort, setSort] = useState<Sort>();
  const [choosing, setChoosing] = useState(false);
  const [menu, setMenu] = useState<{ row: EventRow; field: string; at: { x: number; y: number } }>();
  const table = useRef<TableHandle>(null);
  const copy = useCopy();
  const view = useRequest(
    eventsView,
    useMemo(() => ({ filter: now, ...(sort === undefined ? {} : { sort }) }), [now, sort]),
  );
  const known = view.value;

  const fields = useMemo(
    () => [...new Set(['event_id', 'message', ...chosen.map((column) => column.field)])],
    [chosen],
  );
  const fieldKey = fields.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the fields
  const source = useMemo<RowSource<EventRow> | undefined>(
    () =>
      known && {
        key: `${known.view}@${known.dataVersion}`,
        rows: known.rows,
        fetch: (from, count, signal) =>
          host.request(eventsPage, { view: known.view, from, count, fields }, { signal }),
      },
    [known, host, fieldKey],
  );
  const columns = useMemo<readonly Column<EventRow>[]>(
    () =>
      chosen.map(({ field, width }) => ({
        id: field,
        // Every time says its zone; in a column, once.
        title: field === 'time' ? `time (${zone})` : field,
        width,
        grows: field === 'statement',
        numeric: NUMERIC.has(field),
        cell: (row) => <EventCell row={row} field={field} zone={zone} />,
      })),
    [chosen, zone],
  );

  useEffect(() => {
    if (known !== undefined) announcement.set(t('events.count', { n: known.rows }));
  }, [known, announcement]);
  // An event that was opened from elsewhere is shown among its neighbours, where the filter leaves it.
  const opened = useRef<string>(undefined);
  useEffect(() => {
    if (known === undefined || current === undefined || current === opened.current || !isEvent(current))
      return;
    opened.current = current;
    const abort = new AbortController();
    host
      .request(eventsLocate, { view: known.view, event: current }, { signal: abort.signal })
      .then((row) => row >= 0 && table.current?.reveal(row))
      .catch(() => {
        // Without a place in the table the detail stands alone.
      });
    return () => abort.abort();
  }, [current, known, host]);
  useImperativeHandle(ref, () => ({
    reveal: (row) => table.current?.reveal(row),
    focus: () => table.current?.focus(),
    view: () => known?.view,
  }));

  const actions = useMemo<readonly Action[]>(() => {
    const group = t('group.table');
    return [
      { id: 'columns', group, title: t('events.columns'), keys: ['c'], run: () => setChoosing(true) },
      {
        id: 'cell-menu',
        group,
        title: `${t('events.menu.for')}, ${t('events.menu.out')} …`,
        keys: ['m', 'Shift+F10'],
      },
      { id: 'row-open', group, title: t('act.open'), keys: ['Enter'] },
      { id: 'row-select', group, title: t('table.key.select'), keys: ['Shift+ArrowDown', ' '] },
      { id: 'row-copy', group, title: t('events.menu.row'), keys: ['Mod+C'] },
      { id: 'row-ends', group, title: t('table.key.ends'), keys: ['Mod+Home', 'Mod+End'] },
      { id: 'column-width', group, title: t('table.key.width'), keys: ['Alt+ArrowRight'] },
      { id: 'column-order', group, title: t('table.key.order'), keys: ['Alt+Shift+ArrowRight'] },
    ];
  }, []);
  useActions(actions);

  const toggleSort = useCallback((field: string) => {
    // Ascending time is the natural order of a case: it needs no sort.
    setSort((old) =>
      old?.field !== field
        ? field === 'time'
          ? { field, direction: 'descending' }
          : { field, direction: 'ascending' }
        : old.direction === 'ascending'
          ? { field, direction: 'descending' }
          : undefined,
    );
  }, []);
  const copyRows = (rows: readonly EventRow[]) => {
    copy(rows.map((row) => JSON.stringify(row)).join('\n'));
    announcement.set(t('events.copied', { n: rows.length }));
  };
  const filterBy = (negated: boolean) => {
    const value = menu?.row[menu.field];
    if (menu === undefined || value === undefined) return;
    let next = now;
    for (const one of typeof value === 'string' ? [value] : value)
      next = addValue(next, menu.field, one, negated);
    filter.change(next);
  };

  return (
    <section className="events" aria-label={t('events.title')} aria-busy={view.loading}>
      <div className="events-head">
        <Button size="small" kind="quiet" icon="filter" aria-pressed={facetsShown} onClick={onFacets}>
          {t('facets.toggle')}
        </Button>
        <span className="events-count">
          {known === undefined ? '' : t('events.count', { n: known.rows })}
          {view.loading && known !== undefined ? (
            <span className="soft"> · {t('events.sorting')}</span>
          ) : undefined}
        </span>
        <Button size="small" kind="quiet" icon="columns" onClick={() => setChoosing(true)}>
          {t('events.columns')}
        </Button>
      </div>
      {view.error === undefined ? undefined : (
        <div className="panel-body">
          <Failure error={view.error} onRetry={view.reload} />
        </div>
      )}
      {source === undefined && view.loading ? <Loading /> : undefined}
      {source !== undefined && source.rows === 0 ? (
        <Empty icon="filter" title={t('events.none.title')} text={t('events.none.text')}>
          <Button size="small" icon="undo" disabled={!filter.canUndo()} onClick={filter.undo}>
            {t('filter.undo')}
          </Button>
        </Empty>
      ) : undefined}
      {source === undefined || source.rows === 0 ? undefined : (
        <VirtualTable
          ref={table}
          label={t('events.title')}
          source={source}
          columns={columns}
          rowHeight={ROW_HEIGHT[density]}
          sort={sort ?? { field: 'time', direction: 'ascending' }}
          onSort={toggleSort}
          onResize={(field, width) =>
            preferences.update((old) => ({
              ...old,
              columns: old.columns.map((one) => (one.field === field ? { field, width } : one)),
            }))
          }
          onReorder={(field, by) =>
            preferences.update((old) => ({ ...old, columns: moved(old.columns, field, by) }))
          }
          onOpen={(row) => {
            opened.current = String(row.event_id);
            onOpen(opened.current);
          }}
          onCellMenu={(row, field, at) => setMenu({ row, field, at })}
          onCopy={copyRows}
          isCurrent={(row) => row.event_id === current}
        />
      )}
      {menu === undefined ? undefined : (
        <CellMenu
          at={menu.at}
          onClose={() => setMenu(undefined)}
          items={[
            ...(menu.row[menu.field] === undefined
              ? []
              : [
                  { title: t('events.menu.for'), run: () => filterBy(false) },
                  { title: t('events.menu.out'), run: () => filterBy(true) },
                  { title: t('events.menu.copy'), run: () => copy(String(menu.row[menu.field])) },
                ]),
            { title: t('events.menu.row'), run: () => copyRows([menu.row]) },
            { title: t('events.menu.bytes'), run: () => onOpen(String(menu.row.event_id)) },
          ]}
        />
      )}
      {choosing ? <ColumnsDialog onClose={() => setChoosing(false)} /> : undefined}
    </section>
  );
});

/** The place beside the table shows other things too: event ids look like E001.1:41. */
function isEvent(item: string): boolean {
  return /^E[\d.]+:\d+$/.test(item);
}
