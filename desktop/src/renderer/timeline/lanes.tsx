import type { Finding } from '../../host/findings.ts';
import type { SessionSummary } from '../../host/sessions.ts';
import type { Gap, SourceSpan } from '../../host/timeline.ts';
import { LEVELS } from '../findings/group-findings.ts';
import { timeParts, timeTicks } from '../format/time.ts';
import { t } from '../text/message.ts';
import { gapLabels } from './gap-labels.ts';
import { packSessions, SESSION_ROWS } from './session-lanes.ts';
import { SourceLane } from './source-lane.tsx';
import type { Stretch } from './viewport.ts';

export const BARS_HEIGHT = 116;
export const AXIS_HEIGHT = 20;
export const LANE_HEIGHT = 20;
const SESSION_HEIGHT = 8;
export const SESSIONS_HEIGHT = SESSION_ROWS * SESSION_HEIGHT + 4;

export function plotHeight(sources: number): number {
  return BARS_HEIGHT + AXIS_HEIGHT + LANE_HEIGHT * (1 + sources) + SESSIONS_HEIGHT;
}

interface Props {
  readonly width: number;
  readonly view: Stretch;
  readonly zone: string;
  readonly sources: readonly SourceSpan[];
  readonly gaps: readonly Gap[];
  readonly findings: readonly Finding[];
  /** The most telling first: rows are filled in this order. */
  readonly sessions: readonly SessionSummary[];
  readonly range: Stretch | undefined;
  readonly brush: Stretch | undefined;
  readonly cursor: number | undefined;
  readonly chosenGap: string | undefined;
}

/** Gaps that hide events: their band runs through the bars too, where silence would read as quiet. */
const SILENCING = new Set(['not_recorded', 'narrowed', 'hole']);

/** Everything over and under the bars: axis, bands, spans, marks, brush, cursor. Hidden from assistive technology, which has the table. */
export function Lanes(props: Props) {
  const { width, view, zone, sources, gaps, findings, sessions, range, brush, cursor, chosenGap } = props;
  const x = (time: number) =>
    Math.min(width + 10, Math.max(-10, ((time - view.from) / (view.to - view.from)) * width));
  const height = plotHeight(sources.length);
  const { step, ticks } = timeTicks(view.from, view.to, Math.max(2, Math.floor(width / 110)), zone);
  const findingsTop = BARS_HEIGHT + AXIS_HEIGHT;
  const laneTop = (index: number) => findingsTop + LANE_HEIGHT * (index + 1);
  const sessionsTop = laneTop(sources.length);
  const marked = brush ?? range;
  const silencing = gaps.filter((gap) => SILENCING.has(gap.kind));
  // What is drawn last lies on top: the worst finding of a moment must not hide under a lesser one.
  const marks = findings
    .filter((one) => one.last >= view.from && one.first < view.to)
    .toSorted((a, b) => LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level));
  return (
    <svg className="plot-lanes" width={width} height={height} aria-hidden="true" focusable="false">
      {silencing.map((gap) => (
        <rect
          key={gap.id}
          className={`gap-veil ${gap.kind}`}
          x={x(gap.from)}
          y={0}
          width={Math.max(2, x(gap.to) - x(gap.from))}
          height={BARS_HEIGHT}
          fill={`url(#gap-${gap.kind})`}
        />
      ))}
      {gapLabels(silencing, x, width, (gap) =>
        sources.length > 1 ? `${t(`gap.${gap.kind}`)} · ${gap.source}` : t(`gap.${gap.kind}`),
      ).map(({ gap, text, left, width: wide, row }) => (
        <g key={gap.id} className="gap-label">
          <rect x={left} y={4 + row * 20} width={wide} height={17} rx={3} />
          <text
            x={left + wide / 2}
            y={16 + row * 20}
            textAnchor="middle"
            style={{ fill: `var(--gap-${gap.kind})` }}
          >
            {text}
          </text>
        </g>
      ))}
      <line className="axis-line" x1={0} x2={width} y1={BARS_HEIGHT + 0.5} y2={BARS_HEIGHT + 0.5} />
      {ticks.map((tick, index) => (
        <g key={tick} className="tick">
          <line x1={x(tick)} x2={x(tick)} y1={BARS_HEIGHT} y2={BARS_HEIGHT + 5} />
          <text
            x={Math.min(width - 2, x(tick) + 4)}
            y={BARS_HEIGHT + 14}
            textAnchor={x(tick) > width - 70 ? 'end' : 'start'}
          >
            {tickLabel(tick, step, zone, ticks[index - 1])}
          </text>
        </g>
      ))}
      <line
        className="lane-line"
        x1={0}
        x2={width}
        y1={findingsTop + LANE_HEIGHT - 0.5}
        y2={findingsTop + LANE_HEIGHT - 0.5}
      />
      {marks.map((one) => {
        const at = x(one.first);
        const middle = findingsTop + LANE_HEIGHT / 2;
        return (
          <g
            key={one.id}
            className="finding-mark"
            style={{ color: `var(--level-${one.level})` }}
            data-finding={one.id}
          >
            <title>{`${one.title} (${one.level})`}</title>
            <rect x={at - 12} y={middle - 12} width={24} height={24} fill="transparent" />
            <line x1={at} x2={Math.max(at, x(one.last))} y1={middle} y2={middle} />
            <path d={`M${at} ${middle - 6}l5.5 6l-5.5 6l-5.5-6z`} />
          </g>
        );
      })}
      {sources.map((source, index) => {
        const top = laneTop(index);
        return (
          <g key={source.source}>
            <line
              className="lane-line"
              x1={0}
              x2={width}
              y1={top + LANE_HEIGHT - 0.5}
              y2={top + LANE_HEIGHT - 0.5}
            />
            <SourceLane source={source} gaps={gaps} chosen={chosenGap} x={x} top={top} height={LANE_HEIGHT} />
          </g>
        );
      })}
      {packSessions(sessions, x, width).map(({ session, left, width: wide, row }) => {
        const top = sessionsTop + 2 + row * SESSION_HEIGHT;
        return (
          <g key={session.id} className="session-mark" data-session={session.id}>
            <title>{sessionTitle(session)}</title>
            <rect className="gap-target" x={left} y={top} width={wide} height={SESSION_HEIGHT} />
            <rect
              className={session.findings > 0 ? 'session-bar cited' : 'session-bar'}
              x={left}
              y={session.findings > 0 ? top + 1 : top + 2.5}
              width={wide}
              height={session.findings > 0 ? 6 : 3}
              rx={1}
            />
          </g>
        );
      })}
      {marked === undefined ? undefined : (
        <>
          <rect className="outside" x={0} y={0} width={Math.max(0, x(marked.from))} height={height} />
          <rect
            className="outside"
            x={x(marked.to)}
            y={0}
            width={Math.max(0, width - x(marked.to))}
            height={height}
          />
          <line className="edge" x1={x(marked.from)} x2={x(marked.from)} y1={0} y2={height} />
          <line className="edge" x1={x(marked.to)} x2={x(marked.to)} y1={0} y2={height} />
        </>
      )}
      {cursor === undefined || cursor < view.from || cursor > view.to ? undefined : (
        <line className="cursor" x1={x(cursor)} x2={x(cursor)} y1={0} y2={height} />
      )}
    </svg>
  );
}

function sessionTitle({ user, client, events, findings }: SessionSummary): string {
  return [
    user ?? t('sessions.user.none'),
    ...(client === undefined ? [] : [client]),
    t('events.count', { n: events }),
    ...(findings === 0 ? [] : [t('findings.cited', { n: findings })]),
  ].join(' · ');
}

/** Dates where the day changes, clock times otherwise. */
function tickLabel(tick: number, step: number, zone: string, before: number | undefined): string {
  const precision =
    step < 1000 ? 'microsecond' : step < 1_000_000 ? 'millisecond' : step < 60_000_000 ? 'second' : 'minute';
  const { date, clock } = timeParts(tick, zone, precision);
  if (step >= 86_400_000_000) return date;
  const newDay = before === undefined || timeParts(before, zone).date !== date;
  return newDay ? `${date.slice(5)} ${clock}` : clock;
}
