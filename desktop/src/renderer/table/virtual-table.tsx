import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Sort } from '../../host/filter.ts';
import { t } from '../text/message.ts';
import { Failure } from '../widgets/states.tsx';
import { type Cell, moveCell } from './grid-keys.ts';
import { HeaderCell } from './header-cell.tsx';
import { type FetchRows, PageCache } from './page-cache.ts';
import {
  clampOffset,
  isExact,
  offsetCentring,
  offsetShowing,
  type ScrollSpace,
  spacerHeight,
  toOffset,
  toScrollTop,
  visibleRows,
} from './scroll.ts';

export interface Column<T> {
  readonly id: string;
  readonly title: string;
  /** CSS pixels. */
  readonly width: number;
  /** Takes the room that the other columns leave. */
  readonly grows?: boolean;
  readonly numeric?: boolean;
  readonly sortable?: boolean;
  readonly cell: (row: T) => ReactNode;
}

/** What the table shows. Another `key` is another view: it starts from the top with fresh pages. */
export interface RowSource<T> {
  readonly key: string;
  readonly rows: number;
  readonly fetch: FetchRows<T>;
}

export interface TableHandle {
  /** Scrolls to the row and makes it the active one. */
  reveal(row: number): void;
  focus(): void;
}

interface Props<T> {
  readonly label: string;
  readonly source: RowSource<T>;
  readonly columns: readonly Column<T>[];
  readonly rowHeight: number;
  readonly sort?: Sort | undefined;
  readonly onSort?: (field: string) => void;
  readonly onResize?: (field: string, width: number) => void;
  readonly onReorder?: (field: string, by: -1 | 1) => void;
  readonly onOpen: (row: T, index: number) => void;
  /** The cell menu was asked for, at a point of the page. */
  readonly onCellMenu?: (row: T, column: string, at: { readonly x: number; readonly y: number }) => void;
  readonly onCopy?: (rows: readonly T[]) => void;
  readonly isCurrent?: (row: T) => boolean;
  readonly ref?: Ref<TableHandle>;
}

const OVERSCAN = 6;

/** A grid over any number of rows: real DOM for what is seen, pages for what is not, exact scrolling everywhere. */
export function VirtualTable<T>(props: Props<T>) {
  const { label, source, columns, rowHeight, sort, onSort, onOpen, onCellMenu, onCopy, isCurrent } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [viewHeight, setViewHeight] = useState(400);
  const [offset, setOffset] = useState(0);
  const [active, setActive] = useState<Cell>({ row: 0, column: 0 });
  const [anchor, setAnchor] = useState<number>();
  const [, redraw] = useState(0);
  const ownScrollTop = useRef(0);
  const wantsFocus = useRef(false);

  const { rows } = source;
  const space: ScrollSpace = useMemo(() => ({ rows, rowHeight, viewHeight }), [rows, rowHeight, viewHeight]);
  const cache = useMemo(
    () => new PageCache<T>(source.fetch, source.rows, () => redraw((old) => old + 1)),
    [source],
  );
  useEffect(() => () => cache.dispose(), [cache]);

  const scrollTo = useCallback(
    (next: number) => {
      const clamped = clampOffset(space, next);
      setOffset(clamped);
      const element = scroller.current;
      if (element === null) return;
      element.scrollTop = toScrollTop(space, clamped);
      // Engines round what they are given: the event that follows carries the rounded value.
      ownScrollTop.current = element.scrollTop;
    },
    [space],
  );

  // Another view starts at its top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another key is another view
  useLayoutEffect(() => {
    scrollTo(0);
    setActive((old) => ({ row: rows === 0 ? -1 : 0, column: Math.min(old.column, columns.length - 1) }));
    setAnchor(undefined);
  }, [source.key]);

  // A taller view or another density may leave the offset behind the end.
  useLayoutEffect(() => {
    setOffset((old) => clampOffset(space, old));
  }, [space]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = () => {
      const head = element.querySelector<HTMLElement>('.grid-head');
      setViewHeight(Math.max(rowHeight, element.clientHeight - (head?.offsetHeight ?? 0)));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [rowHeight]);

  // With a scaled bar the browser's own wheel scrolling would leap over rows. React's wheel listeners are passive.
  useEffect(() => {
    const element = scroller.current;
    if (element === null || isExact(space)) return;
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.deltaY === 0 || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
      event.preventDefault();
      const unit = event.deltaMode === 1 ? rowHeight : event.deltaMode === 2 ? viewHeight : 1;
      scrollTo(offsetNow.current + event.deltaY * unit);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [space, rowHeight, viewHeight, scrollTo]);

  const offsetNow = useRef(offset);
  offsetNow.current = offset;

  const onScroll = () => {
    const element = scroller.current;
    if (element === null || Math.abs(element.scrollTop - ownScrollTop.current) < 1) return;
    ownScrollTop.current = element.scrollTop;
    setOffset(isExact(space) ? clampOffset(space, element.scrollTop) : toOffset(space, element.scrollTop));
  };

  const { first, last } = visibleRows(space, offset, OVERSCAN);
  const seen = Array.from({ length: Math.max(0, last - first) }, (_, n) => first + n);
  // The active row keeps its place in the document, so that the focus is never lost when it is scrolled away.
  if (active.row >= 0 && active.row < rows && (active.row < first || active.row >= last))
    seen.push(active.row);
  useEffect(() => {
    if (rows > 0) cache.want(first, last);
  });

  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    scroller.current?.querySelector<HTMLElement>('[data-active]')?.focus({ preventScroll: true });
  });

  const activate = useCallback(
    (cell: Cell, focus: 'focus' | 'keep') => {
      setActive(cell);
      if (focus === 'focus') wantsFocus.current = true;
      if (cell.row >= 0) scrollTo(offsetShowing(space, offsetNow.current, cell.row));
      const header = scroller.current?.querySelectorAll<HTMLElement>('[role=columnheader]')[cell.column];
      header?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    },
    [space, scrollTo],
  );

  useImperativeHandle(props.ref, () => ({
    reveal(row) {
      setActive((old) => ({ ...old, row }));
      scrollTo(offsetCentring(space, row));
    },
    focus() {
      wantsFocus.current = true;
      redraw((old) => old + 1);
    },
  }));

  const selected = (row: number) =>
    anchor !== undefined && row >= Math.min(anchor, active.row) && row <= Math.max(anchor, active.row);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const mod = event.ctrlKey || event.metaKey;
    const column = columns[active.column];
    if (active.row === -1 && column !== undefined && event.altKey && /^Arrow(Left|Right)$/.test(event.key)) {
      event.preventDefault();
      const by = event.key === 'ArrowLeft' ? -1 : 1;
      if (event.shiftKey) {
        props.onReorder?.(column.id, by);
        activate({ row: -1, column: Math.min(columns.length - 1, Math.max(0, active.column + by)) }, 'focus');
      } else props.onResize?.(column.id, Math.max(48, column.width + by * 16));
      return;
    }
    if (event.altKey) return;
    const to = moveCell(
      active,
      event.key,
      mod,
      rows,
      columns.length,
      Math.max(1, Math.floor(viewHeight / rowHeight) - 1),
    );
    if (to !== undefined) {
      event.preventDefault();
      if (event.shiftKey && to.row >= 0) setAnchor((old) => old ?? Math.max(0, active.row));
      else setAnchor(undefined);
      activate(to, 'focus');
      return;
    }
    const row = cache.row(active.row);
    if (event.key === 'Enter') {
      event.preventDefault();
      if (active.row === -1) column?.sortable === false ? undefined : column && onSort?.(column.id);
      else if (row !== undefined) onOpen(row, active.row);
    } else if (event.key === ' ' && active.row >= 0) {
      event.preventDefault();
      setAnchor((old) => (old === undefined ? active.row : undefined));
    } else if (
      mod &&
      event.key.toLowerCase() === 'c' &&
      onCopy &&
      document.getSelection()?.isCollapsed !== false
    ) {
      event.preventDefault();
      const from = anchor === undefined ? active.row : Math.min(anchor, active.row);
      const to = anchor === undefined ? active.row : Math.max(anchor, active.row);
      onCopy(
        Array.from({ length: to - from + 1 }, (_, n) => cache.row(from + n)).filter(
          (one) => one !== undefined,
        ),
      );
    } else if (
      onCellMenu &&
      row !== undefined &&
      column &&
      (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10') || (event.key === 'm' && !mod))
    ) {
      event.preventDefault();
      const box = event.target instanceof HTMLElement ? event.target.getBoundingClientRect() : undefined;
      onCellMenu(row, column.id, { x: (box?.left ?? 0) + 8, y: box?.bottom ?? 0 });
    }
  };

  const cellOf = (event: MouseEvent): Cell | undefined => {
    const element =
      event.target instanceof Element ? event.target.closest<HTMLElement>('[role=gridcell]') : null;
    const row = element?.closest<HTMLElement>('[role=row]');
    return element && row
      ? { row: Number(row.dataset.row), column: Number(element.dataset.column) }
      : undefined;
  };

  const template = columns
    .map(({ width: own, grows }) => (grows ? `minmax(${own}px, 1fr)` : `${own}px`))
    .join(' ');
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  const frame = { '--grid-columns': template, '--row-height': `${rowHeight}px` } as CSSProperties;

  return (
    <div className="grid-frame">
      {cache.error === undefined ? undefined : <Failure error={cache.error} onRetry={() => cache.retry()} />}
      <div
        ref={scroller}
        className="grid"
        role="grid"
        tabIndex={-1}
        aria-label={label}
        aria-rowcount={rows + 1}
        aria-colcount={columns.length}
        aria-multiselectable="true"
        onScroll={onScroll}
        onKeyDown={onKeyDown}
        style={frame}
      >
        <div
          className="grid-canvas"
          role="presentation"
          style={{ minWidth: width, height: spacerHeight(space) + rowHeight + 1 }}
        >
          <div className="grid-head" role="rowgroup">
            <div className="grid-row" role="row" aria-rowindex={1}>
              {columns.map((column, index) => (
                <HeaderCell
                  key={column.id}
                  title={column.title}
                  index={index}
                  width={column.width}
                  numeric={column.numeric === true}
                  sorted={
                    sort?.field === column.id
                      ? sort.direction
                      : column.sortable === false || onSort === undefined
                        ? undefined
                        : 'none'
                  }
                  active={active.row === -1 && active.column === index}
                  onActivate={() => {
                    activate({ row: -1, column: index }, 'focus');
                    if (column.sortable !== false) onSort?.(column.id);
                  }}
                  onResize={props.onResize && ((to) => props.onResize?.(column.id, to))}
                />
              ))}
            </div>
          </div>
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the grid itself hears the keys */}
          <div
            className="grid-window"
            role="rowgroup"
            style={{ height: Math.min(viewHeight, rows * rowHeight) }}
            onClick={(event) => {
              const cell = cellOf(event);
              if (cell === undefined) return;
              setAnchor(event.shiftKey ? (anchor ?? active.row) : undefined);
              activate(cell, 'focus');
              const row = cache.row(cell.row);
              if (row !== undefined && !event.shiftKey) onOpen(row, cell.row);
            }}
            onContextMenu={(event) => {
              const cell = cellOf(event);
              const row = cell === undefined ? undefined : cache.row(cell.row);
              const column = columns[cell?.column ?? -1];
              if (!onCellMenu || cell === undefined || row === undefined || column === undefined) return;
              event.preventDefault();
              activate(cell, 'focus');
              onCellMenu(row, column.id, { x: event.clientX, y: event.clientY });
            }}
          >
            {seen.map((index) => {
              const row = cache.row(index);
              // A row kept only for the focus stands just outside, wherever it belongs.
              const y = Math.min(
                viewHeight + rowHeight * 8,
                Math.max(-rowHeight * 8, index * rowHeight - offset),
              );
              const marks = [
                isCurrent && row !== undefined && isCurrent(row) ? 'current' : '',
                row === undefined ? 'pending' : '',
                index % 2 === 1 ? 'odd' : '',
              ];
              return (
                <div
                  key={index}
                  className={`grid-row ${marks.filter(Boolean).join(' ')}`}
                  role="row"
                  data-row={index}
                  aria-rowindex={index + 2}
                  aria-selected={selected(index)}
                  aria-busy={row === undefined}
                  style={{ transform: `translateY(${y}px)` }}
                >
                  {columns.map((column, at) => {
                    const isActive = active.row === index && active.column === at;
                    return (
                      <div
                        key={column.id}
                        className={column.numeric ? 'grid-cell numeric' : 'grid-cell'}
                        role="gridcell"
                        data-column={at}
                        aria-colindex={at + 1}
                        tabIndex={isActive ? 0 : -1}
                        {...(isActive ? { 'data-active': '' } : {})}
                      >
                        {row === undefined ? (
                          <span className="grid-pending">{at === 0 ? t('table.loading') : ''}</span>
                        ) : (
                          column.cell(row)
                        )}
                      </div>
                    );
                  })}
                </div>
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
}
