import type { Gap, Histogram } from '../../host/timeline.ts';
import { formatCount } from '../format/quantity.ts';
import { t } from '../text/message.ts';
import { Dialog } from '../widgets/dialog.tsx';
import { RawText } from '../widgets/raw-text.tsx';
import { TimeText } from '../widgets/time-text.tsx';
import { binTotal } from './draw-bars.ts';
import { GapSwatch } from './gap-patterns.tsx';

/** The same bins and gaps as real tables. */
export function TableDialog({
  histogram,
  gaps,
  onClose,
  onGap,
}: {
  readonly histogram: Histogram;
  readonly gaps: readonly Gap[];
  readonly onClose: () => void;
  readonly onGap: (id: string) => void;
}) {
  const bins = Array.from({ length: histogram.series[0]?.length ?? 0 }, (_, bin) => bin).filter(
    (bin) => binTotal(histogram, bin) > 0,
  );
  return (
    <Dialog title={t('timeline.asTable.title')} onClose={onClose} className="wide">
      <div className="stack">
        <section className="stack tight">
          <h3>{t('timeline.asTable.gaps')}</h3>
          {gaps.length === 0 ? (
            <p>{t('timeline.asTable.noGaps')}</p>
          ) : (
            <div
              className="panel scroll-x"
              role="region"
              aria-label={t('timeline.asTable.gaps')}
              tabIndex={0}
            >
              <table className="data-table">
                <thead>
                  <tr>
                    <th scope="col">{t('gap.kind')}</th>
                    <th scope="col">{t('gap.source')}</th>
                    <th scope="col">{`${t('gap.from')} – ${t('gap.to')}`}</th>
                    <th scope="col">{t('gap.what')}</th>
                    <th scope="col">
                      <span className="hidden-text">{t('gap.open')}</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {gaps.map((gap) => (
                    <tr key={gap.id}>
                      <td className="nowrap">
                        <GapSwatch kind={gap.kind} /> {t(`gap.${gap.kind}`)}
                      </td>
                      <td className="nowrap">
                        <RawText text={gap.source} />
                      </td>
                      <td>
                        <TimeText at={gap.from} />
                        <br />
                        <TimeText at={gap.to} />
                      </td>
                      <td className="gap-what">
                        <RawText text={gap.what} />
                        {gap.benign.map((cause) => (
                          <p key={cause} className="soft">
                            {t('gap.benign')}: <RawText text={cause} />
                          </p>
                        ))}
                      </td>
                      <td>
                        <button
                          type="button"
                          className="button small"
                          aria-label={`${t('gap.open')} ${t('gap.detail', { kind: t(`gap.${gap.kind}`), source: gap.source })}`}
                          onClick={() => onGap(gap.id)}
                        >
                          {t('gap.open')}
                        </button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </section>
        <section className="stack tight">
          <h3>{t('timeline.asTable.bins')}</h3>
          {bins.length === 0 ? <p>{t('timeline.none')}</p> : undefined}
          <div
            className="panel scroll-x bins"
            hidden={bins.length === 0}
            role="region"
            aria-label={t('timeline.asTable.bins')}
            tabIndex={0}
          >
            <table className="data-table">
              <thead>
                <tr>
                  <th scope="col">{t('timeline.bin')}</th>
                  <th scope="col" className="number">
                    {t('timeline.total')}
                  </th>
                  {histogram.keys.map((key) => (
                    <th key={key} scope="col" className="number">
                      {key}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {bins.map((bin) => (
                  <tr key={bin}>
                    <th scope="row">
                      <TimeText at={histogram.from + bin * histogram.bin} />
                    </th>
                    <td className="number">{formatCount(binTotal(histogram, bin))}</td>
                    {histogram.keys.map((key, series) => (
                      <td key={key} className="number">
                        {formatCount(histogram.series[series]?.[bin] ?? 0)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      </div>
    </Dialog>
  );
}
