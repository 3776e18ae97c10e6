import type { Finding } from '../../host/findings.ts';
import type { Gap, SourceSpan } from '../../host/timeline.ts';
import { timeParts, timeTicks } from '../format/time.ts';
import { t } from '../text/message.ts';
import type { Stretch } from './viewport.ts';

export const BARS_HEIGHT = 116;
export const AXIS_HEIGHT = 20;
export const LANE_HEIGHT = 20;

export function plotHeight(sources: number): number {
  return BARS_HEIGHT + AXIS_HEIGHT + LANE_HEIGHT * (1 + sources) + 4;
}

interface Props {
  readonly width: number;
  readonly view: Stretch;
  readonly zone: string;
  readonly sources: readonly SourceSpan[];
  readonly gaps: readonly Gap[];
  readonly findings: readonly Finding[];
  readonly range: Stretch | undefined;
  readonly brush: Stretch | undefined;
  readonly cursor: number | undefined;
  readonly chosenGap: string | undefined;
}

/** Gaps that hide events: their band runs through the bars too, where silence would read as quiet. */
const SILENCING = new Set(['not_recorded', 'narrowed', 'hole']);

/** Everything over and under the bars: axis, bands, spans, marks, brush, cursor. Hidden from assistive technology, which has the table. */
export function Lanes(props: Props) {
  const { width, view, zone, sources, gaps, findings, range, brush, cursor, chosenGap } = props;
  const x = (time: number) =>
    Math.min(width + 10, Math.max(-10, ((time - view.from) / (view.to - view.from)) * width));
  const height = plotHeight(sources.length);
  const { step, ticks } = timeTicks(view.from, view.to, Math.max(2, Math.floor(width / 110)), zone);
  const findingsTop = BARS_HEIGHT + AXIS_HEIGHT;
  const laneTop = (index: number) => findingsTop + LANE_HEIGHT * (index + 1);
  const marked = brush ?? range;
  return (
    <svg className="plot-lanes" width={width} height={height} aria-hidden="true" focusable="false">
      {gaps
        .filter((gap) => SILENCING.has(gap.kind))
        .map((gap) => (
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
      {gaps
        .filter((gap) => SILENCING.has(gap.kind) && x(gap.to) - x(gap.from) > 80)
        .map((gap) => (
          <g key={gap.id} className="gap-label">
            <rect
              x={Math.min(width - 131, Math.max(2, (x(gap.from) + x(gap.to)) / 2 - 64))}
              y={4}
              width={128}
              height={17}
              rx={3}
            />
            <text
              x={Math.min(width - 67, Math.max(66, (x(gap.from) + x(gap.to)) / 2))}
              y={16}
              textAnchor="middle"
              style={{ fill: `var(--gap-${gap.kind})` }}
            >
              {t(`gap.${gap.kind}`)}
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
      {findings
        .filter((one) => one.last >= view.from && one.first < view.to)
        .map((one) => {
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
            <rect
              className="span"
              x={x(source.from)}
              y={top + 8}
              width={Math.max(1, x(source.to) - x(source.from))}
              height={4}
              rx={2}
            />
            {gaps
              .filter((gap) => gap.source === source.source)
              .map((gap) => (
                <g key={gap.id} className="gap-mark" data-gap={gap.id}>
                  <title>{`${t(`gap.${gap.kind}`)}: ${gap.what}`}</title>
                  <rect
                    className="gap-target"
                    x={x(gap.from) - 10}
                    y={top}
                    width={Math.max(3, x(gap.to) - x(gap.from)) + 20}
                    height={LANE_HEIGHT}
                  />
                  <rect
                    className={gap.id === chosenGap ? 'gap chosen' : 'gap'}
                    x={x(gap.from) + 0.5}
                    y={top + 3.5}
                    width={Math.max(3, x(gap.to) - x(gap.from) - 1)}
                    height={LANE_HEIGHT - 8}
                    fill={`url(#gap-${gap.kind})`}
                    style={{ stroke: `var(--gap-${gap.kind})` }}
                  />
                </g>
              ))}
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

/** Dates where the day changes, clock times otherwise. */
function tickLabel(tick: number, step: number, zone: string, before: number | undefined): string {
  const precision =
    step < 1000 ? 'microsecond' : step < 1_000_000 ? 'millisecond' : step < 60_000_000 ? 'second' : 'minute';
  const { date, clock } = timeParts(tick, zone, precision);
  if (step >= 86_400_000_000) return date;
  const newDay = before === undefined || timeParts(before, zone).date !== date;
  return newDay ? `${date.slice(5)} ${clock}` : clock;
}
