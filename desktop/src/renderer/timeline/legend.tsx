import type { Filter } from '../../host/filter.ts';
import type { Gap, Histogram } from '../../host/timeline.ts';
import { classToken } from '../events/class-colour.ts';
import { valueState } from '../filter/filter.ts';
import { formatCount } from '../format/quantity.ts';
import { formatDuration } from '../format/time.ts';
import { t } from '../text/message.ts';
import { GAP_KINDS, GapSwatch } from './gap-patterns.tsx';

/** What colours and hatches mean; a class is also a switch of the filter. */
export function Legend({
  histogram,
  gaps,
  filter,
  onClass,
}: {
  readonly histogram: Histogram | undefined;
  readonly gaps: readonly Gap[];
  readonly filter: Filter;
  readonly onClass: (name: string) => void;
}) {
  const kinds = GAP_KINDS.filter((kind) => gaps.some((gap) => gap.kind === kind));
  return (
    <div className="legend" role="group" aria-label={t('timeline.legend')}>
      {histogram === undefined ? undefined : (
        <span className="soft legend-bin">
          {histogram.unplaced > 0 ? `${t('timeline.unplaced', { n: histogram.unplaced })} · ` : ''}
          {t('timeline.perBin', { width: formatDuration(histogram.bin) })}
        </span>
      )}
      {histogram?.keys.map((key, series) => (
        <button
          key={key}
          type="button"
          className="legend-class"
          aria-pressed={valueState(filter, 'class', key) === 'for'}
          onClick={() => onClass(key)}
        >
          <span className="swatch" style={{ background: `var(${classToken(key)})` }} />
          {key}{' '}
          <span className="soft">
            {formatCount((histogram.series[series] ?? []).reduce((sum, count) => sum + count, 0))}
          </span>
        </button>
      ))}
      <span className="legend-gap" title={t('gap.recorded.means')}>
        <span className="span-swatch" />
        {t('gap.recorded')}
      </span>
      {kinds.map((kind) => (
        <span key={kind} className="legend-gap">
          <GapSwatch kind={kind} />
          {t(`gap.${kind}`)}
        </span>
      ))}
    </div>
  );
}
