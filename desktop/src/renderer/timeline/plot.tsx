import {
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { Finding } from '../../host/findings.ts';
import type { SessionSummary } from '../../host/sessions.ts';
import type { Gap, Histogram, SourceSpan } from '../../host/timeline.ts';
import { classColour } from '../events/class-colour.ts';
import { formatCount } from '../format/quantity.ts';
import { useStore } from '../state/store.ts';
import { useWorkbench } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { RawText } from '../widgets/raw-text.tsx';
import { useSize } from '../widgets/use-size.ts';
import { drawBars, largestBin } from './draw-bars.ts';
import { AXIS_HEIGHT, BARS_HEIGHT, LANE_HEIGHT, Lanes, plotHeight, SESSIONS_HEIGHT } from './lanes.tsx';
import { follow, pan, type Stretch, stretchBetween, zoom } from './viewport.ts';

interface Props {
  readonly bounds: Stretch;
  readonly view: Stretch;
  readonly onView: (view: Stretch) => void;
  readonly histogram: Histogram | undefined;
  readonly sources: readonly SourceSpan[];
  readonly gaps: readonly Gap[];
  readonly findings: readonly Finding[];
  readonly sessions: readonly SessionSummary[];
  /** How many sessions there are in view; only some have room. */
  readonly sessionCount: number | undefined;
  /** The time range that is filtered to. */
  readonly range: Stretch | undefined;
  readonly onRange: (range: Stretch | undefined) => void;
  readonly brush: Stretch | undefined;
  readonly onBrush: (brush: Stretch | undefined) => void;
  readonly cursor: number | undefined;
  readonly onCursor: (time: number | undefined) => void;
  /** A time was chosen: what lies beside should go there. */
  readonly onChoose: (time: number) => void;
  readonly onFinding: (id: string) => void;
  readonly onGap: (id: string) => void;
  readonly onSession: (id: string) => void;
  readonly chosenGap: string | undefined;
  /** How many bins the width has room for. */
  readonly onBins: (bins: number) => void;
}

const PIXELS_A_BIN = 5;

/** The histogram with its bands, spans and marks; pointer and keyboard do the same things (WORKBENCH §4). */
export function Plot(props: Props) {
  const { bounds, view, histogram, sources, gaps, findings, brush, cursor, onBins } = props;
  const { preferences } = useWorkbench();
  const { zone, scale, theme } = useStore(preferences);
  const plot = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width } = useSize(plot);
  const helpId = useId();
  const drag = useRef<{ from: number; x: number } | undefined>(undefined);
  const systemDark = useSystemDark();
  const height = plotHeight(sources.length);

  useEffect(() => {
    if (width > 0) onBins(Math.min(400, Math.max(20, Math.floor(width / PIXELS_A_BIN))));
  }, [width, onBins]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes what the tokens resolve to
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || histogram === undefined || width === 0) return;
    const ratio = devicePixelRatio;
    element.width = Math.round(width * ratio);
    element.height = Math.round(BARS_HEIGHT * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const colours = histogram.keys.map((key) => classColour(element, key));
    drawBars(context, histogram, view, { colours, scale, width, height: BARS_HEIGHT });
  }, [histogram, view, width, scale, theme, systemDark]);

  const timeAt = (clientX: number): number => {
    const box = plot.current?.getBoundingClientRect();
    return Math.round(
      view.from + ((clientX - (box?.left ?? 0)) / Math.max(1, width)) * (view.to - view.from),
    );
  };
  const largest = histogram === undefined ? 0 : largestBin(histogram);
  const binWidth = histogram?.bin ?? (view.to - view.from) / 100;

  const state = useRef({ view, timeAt });
  state.current = { view, timeAt };
  const { onView } = props;
  useEffect(() => {
    const element = plot.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const { view: now, timeAt: at } = state.current;
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))
        onView(pan(now, (event.deltaX || event.deltaY) / 1000, bounds));
      else onView(zoom(now, 1.0015 ** event.deltaY, at(event.clientX), bounds));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [bounds, onView]);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { from: timeAt(event.clientX), x: event.clientX };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const now = timeAt(event.clientX);
    props.onCursor(now);
    const started = drag.current;
    if (started !== undefined && Math.abs(event.clientX - started.x) > 3)
      props.onBrush(stretchBetween(started.from, now));
  };
  const onPointerUp = (event: PointerEvent<HTMLDivElement>) => {
    const started = drag.current;
    drag.current = undefined;
    if (started === undefined) return;
    if (Math.abs(event.clientX - started.x) > 3) {
      props.onRange(stretchBetween(started.from, timeAt(event.clientX)));
      props.onBrush(undefined);
    } else {
      const { finding, gap, session } = markAt(event.clientX, event.clientY);
      if (finding !== undefined) props.onFinding(finding);
      else if (gap !== undefined) props.onGap(gap);
      else if (session !== undefined) props.onSession(session);
      else props.onChoose(timeAt(event.clientX));
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = cursor ?? (view.from + view.to) / 2;
    const step = (to: number) => {
      const time = Math.min(bounds.to, Math.max(bounds.from, to));
      if (event.shiftKey)
        props.onBrush(
          stretchBetween(brush === undefined ? at : at >= brush.to ? brush.from : brush.to, time),
        );
      props.onCursor(time);
      onView(follow(view, time, bounds));
    };
    const done: Record<string, () => void> = {
      ArrowLeft: () => step(at - binWidth),
      ArrowRight: () => step(at + binWidth),
      Home: () => step(bounds.from),
      End: () => step(bounds.to),
      '+': () => onView(zoom(view, 0.5, at, bounds)),
      '=': () => onView(zoom(view, 0.5, at, bounds)),
      '-': () => onView(zoom(view, 2, at, bounds)),
      '0': () => onView(bounds),
      Enter: () => {
        if (brush === undefined) props.onChoose(at);
        else {
          props.onRange(brush);
          props.onBrush(undefined);
        }
      },
      Escape: () => (brush === undefined ? props.onRange(undefined) : props.onBrush(undefined)),
    };
    const act = done[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };

  return (
    <div className="plot-frame">
      <div className="plot-labels" style={{ height }}>
        <span className="plot-max" style={{ height: BARS_HEIGHT }}>
          <span>{largest > 0 ? formatCount(largest) : ''}</span>
          <span>0</span>
        </span>
        <span className="plot-lane-label" style={{ height: LANE_HEIGHT, marginTop: AXIS_HEIGHT }}>
          {t('timeline.findings')}
        </span>
        {sources.map((source) => (
          <span
            key={source.source}
            className="plot-lane-label"
            style={{ height: LANE_HEIGHT }}
            title={source.exhibits.join(', ')}
          >
            <RawText text={source.source} />
            {source.offsetMs === 0 ? undefined : (
              <span className="soft">
                {' '}
                {t('timeline.offset', {
                  offset: `${source.offsetMs > 0 ? '+' : '−'}${Math.abs(source.offsetMs) / 1000} s`,
                })}
              </span>
            )}
          </span>
        ))}
        <span
          className="plot-lane-label sessions-label"
          style={{ height: SESSIONS_HEIGHT }}
          title={t('timeline.sessions.hint')}
        >
          {t('timeline.sessions')}
          {props.sessionCount === undefined ? undefined : (
            <span className="soft">{formatCount(props.sessionCount)}</span>
          )}
        </span>
      </div>
      <div
        ref={plot}
        className="plot"
        role="application"
        aria-roledescription={t('timeline.plot.role')}
        aria-label={t('timeline.plot')}
        aria-describedby={helpId}
        tabIndex={0}
        style={{ height }}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerLeave={() => drag.current === undefined && props.onCursor(undefined)}
      >
        <span id={helpId} className="hidden-text">
          {t('timeline.plot.help')}
        </span>
        <canvas
          ref={canvas}
          className="plot-bars"
          style={{ width, height: BARS_HEIGHT }}
          aria-hidden="true"
        />
        {histogram !== undefined && largest === 0 ? (
          <p className="plot-none">{t('timeline.none')}</p>
        ) : undefined}
        {width > 0 ? (
          <Lanes
            width={width}
            view={view}
            zone={zone}
            sources={sources}
            gaps={gaps}
            findings={findings}
            sessions={props.sessions}
            range={props.range}
            brush={brush}
            cursor={cursor}
            chosenGap={props.chosenGap}
          />
        ) : undefined}
      </div>
    </div>
  );
}

/** The mark under the pointer. The plot has captured the pointer, so marks get no clicks of their own. */
function markAt(
  x: number,
  y: number,
): { readonly finding?: string; readonly gap?: string; readonly session?: string } {
  const mark = document
    .elementFromPoint(x, y)
    ?.closest<SVGElement>('[data-finding], [data-gap], [data-session]');
  return { ...mark?.dataset };
}

function useSystemDark(): boolean {
  const [dark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)');
    const listen = () => setDark(query.matches);
    query.addEventListener('change', listen);
    return () => query.removeEventListener('change', listen);
  }, []);
  return dark;
}
