import { useCallback, useMemo, useState } from 'react';
import { type SessionFilter, type SessionSummary, sessionsList } from '../../host/sessions.ts';
import { formatCount } from '../format/quantity.ts';
import { formatDuration } from '../format/time.ts';
import { ROW_HEIGHT } from '../state/preferences.ts';
import { useStore } from '../state/store.ts';
import { useRequest } from '../state/use-request.ts';
import { useWorkbench } from '../state/workbench.ts';
import { type Column, type RowSource, VirtualTable } from '../table/virtual-table.tsx';
import { t } from '../text/message.ts';
import { Button } from '../widgets/button.tsx';
import { Icon } from '../widgets/icon.tsx';
import { RawText } from '../widgets/raw-text.tsx';
import { Empty, Failure, Loading } from '../widgets/states.tsx';
import { TimeText } from '../widgets/time-text.tsx';
import { ClassBar } from './class-bar.tsx';
import { SessionFilters } from './session-filters.tsx';
import { SessionPane } from './session-pane.tsx';

const PAGE = 200;
const ALL: SessionFilter = { only: 'all', sort: 'from' };

/** Database sessions as they were put together, each with how sure that is. */
export function SessionsScreen() {
  const { host, route, preferences } = useWorkbench();
  const { item } = useStore(route);
  const { density } = useStore(preferences);
  const [filter, setFilter] = useState<SessionFilter>(ALL);
  const first = useRequest(
    sessionsList,
    useMemo(() => ({ filter, offset: 0, limit: PAGE }), [filter]),
  );
  const known = first.value;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `known` changes with the filter, when its answer is there
  const source = useMemo<RowSource<SessionSummary> | undefined>(
    () =>
      known && {
        key: JSON.stringify(filter),
        rows: known.total,
        fetch: async (from, count, signal) =>
          from === 0 && known.sessions.length >= Math.min(count, known.total)
            ? known.sessions.slice(0, count)
            : (await host.request(sessionsList, { filter, offset: from, limit: count }, { signal })).sessions,
      },
    [known, host],
  );
  const open = useCallback(
    (session: SessionSummary) => route.set({ screen: 'sessions', item: session.id }),
    [route],
  );
  const filtered = JSON.stringify(filter) !== JSON.stringify({ ...ALL, sort: filter.sort });

  return (
    <div className="split-screen">
      <div className="split-head">
        <h1>{t('sessions.title')}</h1>
        <span className="soft">{known === undefined ? '' : t('sessions.count', { n: known.total })}</span>
      </div>
      {first.error === undefined ? undefined : (
        <div className="panel-body">
          <Failure error={first.error} onRetry={first.reload} />
        </div>
      )}
      {known === undefined && first.loading ? <Loading progress={first.progress} /> : undefined}
      {known !== undefined && known.total === 0 && !filtered ? (
        <div className="panel-body">
          <div className="panel">
            <Empty icon="sessions" title={t('sessions.empty.title')} text={t('sessions.empty.text')} />
          </div>
        </div>
      ) : undefined}
      {known === undefined || (known.total === 0 && !filtered) ? undefined : (
        <SessionFilters filter={filter} onChange={setFilter} />
      )}
      <div className={item === undefined ? 'split' : 'split with-detail'}>
        {known !== undefined && known.total === 0 && filtered ? (
          <Empty icon="filter" title={t('sessions.none.title')} text={t('sessions.none.text')}>
            <Button onClick={() => setFilter({ ...ALL, sort: filter.sort })}>{t('sessions.clear')}</Button>
          </Empty>
        ) : undefined}
        {source === undefined || source.rows === 0 ? undefined : (
          <VirtualTable
            label={t('sessions.title')}
            source={source}
            columns={COLUMNS}
            rowHeight={ROW_HEIGHT[density]}
            onOpen={open}
            isCurrent={(one) => one.id === item}
          />
        )}
        {item === undefined ? undefined : (
          <SessionPane key={item} id={item} onClose={() => route.set({ screen: 'sessions' })} />
        )}
      </div>
    </div>
  );
}

const COLUMNS: readonly Column<SessionSummary>[] = [
  {
    id: 'start',
    title: t('sessions.column.start'),
    width: 196,
    sortable: false,
    cell: (one) => <TimeText at={one.from} />,
  },
  {
    id: 'length',
    title: t('sessions.column.length'),
    width: 104,
    sortable: false,
    numeric: true,
    cell: (one) => <span>{formatDuration(one.to - one.from)}</span>,
  },
  {
    id: 'user',
    title: t('sessions.user'),
    width: 116,
    sortable: false,
    cell: (one) => <RawText text={one.user ?? '–'} />,
  },
  {
    id: 'client',
    title: t('sessions.client'),
    width: 112,
    sortable: false,
    cell: (one) => <RawText text={one.client ?? '–'} />,
  },
  {
    id: 'database',
    title: t('sessions.database'),
    width: 92,
    sortable: false,
    cell: (one) => <RawText text={one.database ?? '–'} />,
  },
  {
    id: 'classes',
    title: t('sessions.column.classes'),
    width: 148,
    sortable: false,
    cell: (one) => <ClassBar classes={one.classes} />,
  },
  {
    id: 'events',
    title: t('sessions.column.events'),
    width: 84,
    sortable: false,
    numeric: true,
    cell: (one) => <span>{formatCount(one.events)}</span>,
  },
  {
    id: 'failures',
    title: t('sessions.column.failures'),
    width: 84,
    sortable: false,
    numeric: true,
    cell: (one) => <Attention count={one.failures} />,
  },
  {
    id: 'findings',
    title: t('sessions.column.findings'),
    width: 88,
    sortable: false,
    numeric: true,
    cell: (one) => <Attention count={one.findings} />,
  },
  {
    id: 'holes',
    title: t('sessions.column.holes'),
    width: 72,
    sortable: false,
    numeric: true,
    cell: (one) => <Attention count={one.holes} />,
  },
  {
    id: 'end',
    title: t('sessions.column.end'),
    width: 124,
    sortable: false,
    cell: (one) => <span className={one.end === 'disconnected' ? 'soft' : ''}>{one.end}</span>,
  },
  {
    id: 'source',
    title: t('sessions.source'),
    width: 108,
    sortable: false,
    cell: (one) => <RawText text={one.source} />,
  },
  {
    id: 'application',
    title: t('sessions.column.application'),
    width: 132,
    grows: true,
    sortable: false,
    cell: (one) => <RawText text={one.application ?? '–'} />,
  },
];

/** A count that deserves a look when it is not zero. */
function Attention({ count }: { readonly count: number }) {
  if (count === 0) return <span className="soft">0</span>;
  return (
    <>
      <Icon name="warning" />
      <strong>{formatCount(count)}</strong>
    </>
  );
}
