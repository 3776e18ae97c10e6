import type { Gap } from '../../host/timeline.ts';
import { SessionLink } from '../events/session-link.tsx';
import { formatCount } from '../format/quantity.ts';
import { formatDuration } from '../format/time.ts';
import { t } from '../text/message.ts';
import { Button } from '../widgets/button.tsx';
import { Icon } from '../widgets/icon.tsx';
import { RawText } from '../widgets/raw-text.tsx';
import { TimeText } from '../widgets/time-text.tsx';
import { GapSwatch } from './gap-patterns.tsx';

/** What stands before the id of a gap in the address, to tell it from an event's. */
export const GAP_ITEM = 'gap:';

interface Props {
  readonly gap: Gap;
  readonly onClose: () => void;
  /** Opens the record before or after. */
  readonly onEvent: (event: string) => void;
  /** Shows the stretch, with what lies around it, over the whole width. */
  readonly onZoom: () => void;
}

/** A stretch about which the record says less than everything: what, between which records, what could explain it. */
export function GapPane({ gap, onClose, onEvent, onZoom }: Props) {
  return (
    <aside
      className="detail"
      aria-label={t('gap.detail', { kind: t(`gap.${gap.kind}`), source: gap.source })}
      onKeyDown={(key) => {
        if (key.key === 'Escape') onClose();
      }}
    >
      <div className="detail-head">
        <h2 className="row">
          <GapSwatch kind={gap.kind} /> {t(`gap.${gap.kind}`)}
        </h2>
        <Button size="small" kind="quiet" icon="close" label={t('gap.close')} onClick={onClose} />
      </div>
      <div className="detail-body">
        <p>
          <RawText text={gap.what} lines />
        </p>
        <p className="soft small">{t(`gap.${gap.kind}.means`)}</p>
        <dl className="facts">
          <dt>{t('gap.source')}</dt>
          <dd>
            <RawText text={gap.source} />
          </dd>
          <dt>{t('gap.from')}</dt>
          <dd>
            <TimeText at={gap.from} precision="millisecond" />
          </dd>
          <dt>{t('gap.to')}</dt>
          <dd>
            <TimeText at={gap.to} precision="millisecond" />
          </dd>
          <dt>{t('gap.length')}</dt>
          <dd>{formatDuration(gap.to - gap.from)}</dd>
          {gap.missing === undefined ? undefined : (
            <>
              <dt>{t('gap.records')}</dt>
              <dd>{formatCount(gap.missing)}</dd>
            </>
          )}
          {gap.setting === undefined ? undefined : (
            <>
              <dt>{t('gap.setting')}</dt>
              <dd className="mono">
                <RawText text={gap.setting} />
              </dd>
            </>
          )}
        </dl>
        <div className="row">
          <Button size="small" icon="search" onClick={onZoom}>
            {t('gap.zoom')}
          </Button>
          {gap.session === undefined || gap.before === undefined ? undefined : (
            <SessionLink event={gap.before} />
          )}
        </div>
        {gap.before === undefined && gap.after === undefined ? undefined : (
          <section className="stack tight">
            <h3>{t('gap.between')}</h3>
            {(['before', 'after'] as const).map((side) => {
              const event = gap[side];
              return event === undefined ? (
                <p key={side} className="soft">
                  {t(`gap.${side}.none`)}
                </p>
              ) : (
                <button key={side} type="button" className="finding-link" onClick={() => onEvent(event)}>
                  <span className="soft">{t(`gap.${side}`)}</span> {event}
                </button>
              );
            })}
          </section>
        )}
        <section className="stack tight">
          <h3>{t('gap.benign')}</h3>
          {gap.benign.length === 0 ? (
            <p>{t('gap.benign.none')}</p>
          ) : (
            <ul className="alternatives">
              {gap.benign.map((cause) => (
                <li key={cause}>
                  <Icon name="question" />
                  <RawText text={cause} />
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
    </aside>
  );
}
