import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { eventsLocate } from '../../host/events.ts';
import { findingsList } from '../../host/findings.ts';
import { sessionsList } from '../../host/sessions.ts';
import { timelineGaps, timelineHistogram, timelineSources } from '../../host/timeline.ts';
import { DetailPane } from '../events/detail-pane.tsx';
import { EventTable, type EventTableHandle } from '../events/event-table.tsx';
import { Facets } from '../events/facets.tsx';
import { addValue, removeValue, valueState, withRange } from '../filter/filter.ts';
import { FilterBar } from '../filter/filter-bar.tsx';
import { formatTime } from '../format/time.ts';
import type { Action } from '../state/actions.ts';
import { useStore } from '../state/store.ts';
import { useDelayed } from '../state/use-delayed.ts';
import { useRequest } from '../state/use-request.ts';
import { useActions, useWorkbench } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { Button } from '../widgets/button.tsx';
import { Empty, Failure, Loading } from '../widgets/states.tsx';
import { GAP_ITEM, GapPane } from './gap-pane.tsx';
import { GapPatterns } from './gap-patterns.tsx';
import { GotoDialog } from './goto-dialog.tsx';
import { Legend } from './legend.tsx';
import { Plot } from './plot.tsx';
import { Readout } from './readout.tsx';
import { SESSIONS_ASKED, sessionsOf } from './session-lanes.ts';
import { TableDialog } from './table-dialog.tsx';
import { binsFor, type Stretch, wholeOf, zoom } from './viewport.ts';

const NOTHING = {};
const FACETS_KEY = 'dbwitness.facets';

/** When, how much, of what, and where nothing is known; below it the events themselves. */
export function TimelineScreen() {
  const { current, filter, preferences, route, announcement, host } = useWorkbench();
  const open = useStore(current);
  const now = useStore(filter.now);
  const here = useStore(route);
  const { zone, scale } = useStore(preferences);
  const sources = useRequest(timelineSources, NOTHING);
  const gaps = useRequest(timelineGaps, NOTHING);
  const findings = useRequest(findingsList, NOTHING);
  const [view, setView] = useState<Stretch>();
  const [bins, setBins] = useState<number>();
  const [brush, setBrush] = useState<Stretch>();
  const [cursor, setCursor] = useState<number>();
  const [overlay, setOverlay] = useState<'table' | 'goto'>();
  const [facets, setFacets] = useState(() => readFlag(FACETS_KEY, innerWidth >= 1400));
  const table = useRef<EventTableHandle>(null);

  const bounds = useMemo(
    () =>
      wholeOf(
        [...(open?.span === undefined ? [] : [open.span]), ...(sources.value ?? [])].map(({ from, to }) => ({
          from,
          to,
        })),
      ),
    [open?.span, sources.value],
  );
  const shown = view ?? bounds;
  const cut = shown === undefined || bins === undefined ? undefined : binsFor(shown, bins);
  const histogram = useRequest(
    timelineHistogram,
    cut === undefined
      ? undefined
      : { filter: withRange(now, cut.from, cut.to), bins: cut.bins, split: 'class' },
  );
  // Sessions follow when zooming has come to rest: they cost more than bars.
  const rested = useDelayed(shown, 150);
  const most = (sort: 'findings' | 'length') =>
    rested && { filter: sessionsOf(now, rested, sort), offset: 0, limit: SESSIONS_ASKED };
  const cited = useRequest(sessionsList, most('findings'));
  const longest = useRequest(sessionsList, most('length'));
  const sessions = useMemo(() => {
    const first = cited.value?.sessions ?? [];
    const known = new Set(first.map((one) => one.id));
    return [...first, ...(longest.value?.sessions ?? []).filter((one) => !known.has(one.id))];
  }, [cited.value, longest.value]);
  const range = useMemo(
    () =>
      (now.from === undefined && now.to === undefined) || bounds === undefined
        ? undefined
        : { from: now.from ?? bounds.from, to: now.to ?? bounds.to },
    [now.from, now.to, bounds],
  );

  const goTo = useCallback(
    async (time: number) => {
      setCursor(time);
      setView((old) =>
        old === undefined || (time >= old.from && time < old.to) || bounds === undefined
          ? old
          : zoom(
              { from: time - (old.to - old.from) / 2, to: time + (old.to - old.from) / 2 },
              1,
              time,
              bounds,
            ),
      );
      const known = table.current?.view();
      if (known === undefined) return;
      const row = await host.request(eventsLocate, { view: known, time });
      if (row < 0) return;
      table.current?.reveal(row);
      announcement.set(t('timeline.jumped', { time: formatTime(time, zone, 'second') }));
    },
    [host, announcement, zone, bounds],
  );

  const gap = gaps.value?.find((one) => here.item === GAP_ITEM + one.id);
  const ordered = useMemo(() => gaps.value?.toSorted((a, b) => a.from - b.from) ?? [], [gaps.value]);
  const stepGap = useRef<(by: 1 | -1) => void>(() => undefined);
  stepGap.current = (by) => {
    const at = gap === undefined ? (by === 1 ? -1 : ordered.length) : ordered.indexOf(gap);
    const next = ordered[Math.min(ordered.length - 1, Math.max(0, at + by))];
    if (next === undefined) return;
    setCursor(next.from);
    openEvent(GAP_ITEM + next.id);
    announcement.set(t('gap.detail', { kind: t(`gap.${next.kind}`), source: next.source }));
  };

  const actions = useMemo<readonly Action[]>(() => {
    const group = t('group.timeline');
    const half = (factor: number) => () =>
      setView((old) => {
        const from = old ?? bounds;
        return from === undefined || bounds === undefined
          ? old
          : zoom(from, factor, cursor ?? (from.from + from.to) / 2, bounds);
      });
    return [
      { id: 'goto', group, title: t('timeline.goto'), keys: ['g'], run: () => setOverlay('goto') },
      { id: 'zoom-in', group, title: t('timeline.zoomIn'), keys: ['+'], run: half(0.5) },
      { id: 'zoom-out', group, title: t('timeline.zoomOut'), keys: ['-'], run: half(2) },
      { id: 'zoom-all', group, title: t('timeline.zoomAll'), keys: ['0'], run: () => setView(undefined) },
      { id: 'gap-next', group, title: t('gap.next'), keys: [']'], run: () => stepGap.current(1) },
      { id: 'gap-previous', group, title: t('gap.previous'), keys: ['['], run: () => stepGap.current(-1) },
      { id: 'as-table', group, title: t('timeline.asTable'), keys: ['t'], run: () => setOverlay('table') },
      {
        id: 'clear-range',
        group,
        title: t('timeline.range.clear'),
        when: () => filter.now.get().from !== undefined,
        run: () => filter.change(withRange(filter.now.get(), undefined, undefined)),
      },
      {
        id: 'facets',
        group: t('group.view'),
        title: t('facets.toggle'),
        keys: ['f'],
        run: () => setFacets((old) => !old),
      },
      {
        id: 'focus-table',
        group: t('group.table'),
        title: t('events.title'),
        keys: ['e'],
        run: () => table.current?.focus(),
      },
    ];
  }, [bounds, cursor, filter]);
  useActions(actions);

  useEffect(() => writeFlag(FACETS_KEY, facets), [facets]);

  const openEvent = useCallback(
    (item: string | undefined) =>
      route.set(item === undefined ? { screen: 'timeline' } : { screen: 'timeline', item }),
    [route],
  );
  const openGap = useCallback((id: string) => openEvent(GAP_ITEM + id), [openEvent]);
  // Stable, so that moving the cursor draws the plot again and nothing else.
  const toggleFacets = useCallback(() => setFacets((old) => !old), []);
  const closeDetail = useCallback(() => {
    openEvent(undefined);
    table.current?.focus();
  }, [openEvent]);
  const toggleClass = (name: string) =>
    filter.change(
      valueState(now, 'class', name) === 'for'
        ? removeValue(now, 'class', name)
        : addValue(now, 'class', name),
    );

  if (sources.value === undefined && sources.error === undefined)
    return <Loading progress={sources.progress} />;
  if (sources.error !== undefined)
    return (
      <div className="screen">
        <h1>{t('timeline.title')}</h1>
        <Failure error={sources.error} onRetry={sources.reload} />
      </div>
    );
  if (bounds === undefined || shown === undefined)
    return (
      <div className="screen">
        <h1>{t('timeline.title')}</h1>
        <div className="panel">
          <Empty icon="timeline" title={t('timeline.empty.title')} text={t('timeline.empty.text')}>
            <Button kind="primary" icon="evidence" onClick={() => route.set({ screen: 'evidence' })}>
              {t('timeline.empty.go')}
            </Button>
          </Empty>
        </div>
      </div>
    );

  return (
    <div className="timeline">
      <GapPatterns />
      <h1 className="hidden-text">{t('timeline.title')}</h1>
      <FilterBar />
      <section
        className="timeline-plot"
        aria-label={t('timeline.title')}
        aria-busy={histogram.loading || longest.loading || rested !== shown}
      >
        <div className="plot-head">
          <Readout
            histogram={histogram.value}
            gaps={gaps.value ?? []}
            cursor={cursor}
            brush={brush}
            view={shown}
            looking={gaps.value === undefined && gaps.loading}
            progress={gaps.progress}
            zone={zone}
          />
          <div className="row plot-tools">
            <div className="segmented" role="group" aria-label={t('timeline.scale')}>
              {(['linear', 'log'] as const).map((one) => (
                <button
                  key={one}
                  type="button"
                  className="button small"
                  aria-pressed={scale === one}
                  onClick={() => preferences.update((old) => ({ ...old, scale: one }))}
                >
                  {t(`timeline.scale.${one}`)}
                </button>
              ))}
            </div>
            <div className="segmented">
              <Button
                size="small"
                icon="minus"
                label={t('timeline.zoomOut')}
                onClick={() => setView(zoom(shown, 2, cursor ?? (shown.from + shown.to) / 2, bounds))}
              />
              <Button
                size="small"
                icon="add"
                label={t('timeline.zoomIn')}
                onClick={() => setView(zoom(shown, 0.5, cursor ?? (shown.from + shown.to) / 2, bounds))}
              />
              <Button size="small" onClick={() => setView(undefined)}>
                {t('timeline.zoomAll')}
              </Button>
            </div>
            <Button size="small" icon="clock" onClick={() => setOverlay('goto')}>
              {t('timeline.goto')}
            </Button>
            <Button
              size="small"
              icon="table"
              onClick={() => setOverlay('table')}
              disabled={histogram.value === undefined}
            >
              {t('timeline.asTable')}
            </Button>
          </div>
        </div>
        {histogram.error === undefined ? undefined : (
          <Failure error={histogram.error} onRetry={histogram.reload} />
        )}
        {gaps.error === undefined ? undefined : <Failure error={gaps.error} onRetry={gaps.reload} />}
        <Plot
          bounds={bounds}
          view={shown}
          onView={setView}
          histogram={histogram.value}
          sources={sources.value ?? []}
          gaps={gaps.value ?? []}
          findings={findings.value?.findings ?? []}
          sessions={sessions}
          sessionCount={longest.value?.total}
          range={range}
          onRange={(next) => filter.change(withRange(now, next?.from, next?.to))}
          brush={brush}
          onBrush={setBrush}
          cursor={cursor}
          onCursor={setCursor}
          onChoose={goTo}
          onFinding={(item) => route.set({ screen: 'findings', item })}
          onGap={openGap}
          onSession={(item) => route.set({ screen: 'sessions', item })}
          chosenGap={gap?.id}
          onBins={setBins}
        />
        <Legend histogram={histogram.value} gaps={gaps.value ?? []} filter={now} onClass={toggleClass} />
      </section>
      <div
        className={`timeline-lower ${facets ? 'with-facets' : ''} ${here.item === undefined ? '' : 'with-detail'}`}
      >
        {facets ? <Facets onClose={toggleFacets} /> : undefined}
        <EventTable
          ref={table}
          current={here.item}
          onOpen={openEvent}
          facetsShown={facets}
          onFacets={toggleFacets}
        />
        {here.item === undefined ? undefined : gap !== undefined ? (
          <GapPane
            key={gap.id}
            gap={gap}
            onClose={closeDetail}
            onEvent={openEvent}
            onZoom={() => setView(around(gap, bounds))}
          />
        ) : here.item.startsWith(GAP_ITEM) ? undefined : (
          <DetailPane key={here.item} event={here.item} onClose={closeDetail} />
        )}
      </div>
      {overlay === 'table' && histogram.value !== undefined ? (
        <TableDialog
          histogram={histogram.value}
          gaps={gaps.value ?? []}
          onClose={() => setOverlay(undefined)}
          onGap={(id) => {
            setOverlay(undefined);
            openGap(id);
          }}
        />
      ) : undefined}
      {overlay === 'goto' ? (
        <GotoDialog
          onClose={() => setOverlay(undefined)}
          onGo={(time) => {
            setOverlay(undefined);
            void goTo(time);
          }}
        />
      ) : undefined}
    </div>
  );
}

/** A stretch with as much again on each side. */
function around({ from, to }: Stretch, bounds: Stretch): Stretch {
  const margin = Math.max(60_000_000, to - from);
  return { from: Math.max(bounds.from, from - margin), to: Math.min(bounds.to, to + margin) };
}

function readFlag(key: string, otherwise: boolean): boolean {
  try {
    return (localStorage.getItem(key) ?? String(otherwise)) === 'true';
  } catch {
    return otherwise;
  }
}

function writeFlag(key: string, value: boolean): void {
  try {
    localStorage.setItem(key, String(value));
  } catch {
    // Forbidden storage costs remembering, nothing else.
  }
}
