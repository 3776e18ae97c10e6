import type { Progress } from '../../host/request.ts';
import type { Gap, Histogram } from '../../host/timeline.ts';
import { classToken } from '../events/class-colour.ts';
import { formatCount, formatShare } from '../format/quantity.ts';
import { formatStretch, formatTime } from '../format/time.ts';
import { t } from '../text/message.ts';
import { binTotal } from './draw-bars.ts';
import { GapSwatch } from './gap-patterns.tsx';
import type { Stretch } from './viewport.ts';

interface Props {
  readonly histogram: Histogram | undefined;
  readonly gaps: readonly Gap[];
  readonly cursor: number | undefined;
  readonly brush: Stretch | undefined;
  readonly view: Stretch;
  /** Gaps are still being looked for: what is drawn without them must not read as a record without gaps. */
  readonly looking: boolean;
  readonly progress: Progress | undefined;
  readonly zone: string;
}

/** One line that says what is under the cursor: counts, or why nothing can be said. Always in the same place. */
export function Readout({ histogram, gaps, cursor, brush, view, looking, progress, zone }: Props) {
  if (histogram === undefined) return <p className="readout">&nbsp;</p>;
  if (brush !== undefined)
    return (
      <p className="readout">
        {t('timeline.readout.brush', {
          from: formatTime(brush.from, zone, 'second'),
          to: formatTime(brush.to, zone, 'second'),
        })}
      </p>
    );
  if (cursor === undefined)
    return (
      <p className="readout">
        <span>{formatStretch(view.from, view.to, zone)}</span>
        <span className="soft readout-hint" role="status">
          {looking
            ? [
                t('gap.looking'),
                ...(progress === undefined
                  ? []
                  : [`${progress.phase}, ${formatShare(progress.done / Math.max(1, progress.total))}`]),
              ].join(' ')
            : t('timeline.readout.hint')}
        </span>
      </p>
    );
  const bin = Math.floor((cursor - histogram.from) / histogram.bin);
  const total = binTotal(histogram, bin);
  const start = histogram.from + bin * histogram.bin;
  const known = gapsAt(gaps, start, start + histogram.bin);
  const parts = histogram.keys
    .map((key, series) => ({ key, count: histogram.series[series]?.[bin] ?? 0 }))
    .filter((part) => part.count > 0)
    .sort((a, b) => b.count - a.count);
  return (
    <p className="readout">
      <span>{formatTime(start, zone, histogram.bin < 1_000_000 ? 'millisecond' : 'second')}</span>
      <strong>{total === 0 ? t('timeline.readout.none') : t('timeline.readout.events', { n: total })}</strong>
      {known.slice(0, 2).map((gap) => (
        <span key={gap.id} className="readout-gap">
          <GapSwatch kind={gap.kind} />
          {t(`gap.${gap.kind}`)}, {gap.source}
        </span>
      ))}
      {parts.slice(0, 4).map(({ key, count }) => (
        <span key={key} className="readout-part">
          <span className="swatch" style={{ background: `var(${classToken(key)})` }} />
          {key} {formatCount(count)}
        </span>
      ))}
    </p>
  );
}

/** Gaps that touch a stretch, the worst first. */
export function gapsAt(gaps: readonly Gap[], from: number, to: number): readonly Gap[] {
  const order = ['not_recorded', 'hole', 'narrowed', 'hole_benign', 'outside_export', 'no_continuity_field'];
  return gaps
    .filter((gap) => gap.from < to && gap.to > from)
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}
