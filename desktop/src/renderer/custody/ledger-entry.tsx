import type { LedgerRow } from '../../host/custody.ts';
import { t } from '../text/message.ts';
import { Button } from '../widgets/button.tsx';
import { Digest } from '../widgets/digest.tsx';
import { RawText } from '../widgets/raw-text.tsx';
import { TextBlock } from '../widgets/text-block.tsx';
import { TimeText } from '../widgets/time-text.tsx';
import { SignatureMark } from './signature-mark.tsx';

export function LedgerEntry({ row, onClose }: { readonly row: LedgerRow; readonly onClose: () => void }) {
  const plain = [
    ['custody.actor', row.actor],
    ['custody.role', row.role],
    ['custody.objects', row.object.join(', ')],
    ['custody.purpose', row.purpose],
    ['custody.authority', row.authority],
    ['custody.place', row.place],
  ] as const;
  return (
    <aside
      className="detail"
      aria-label={t('custody.entry', { seq: row.seq })}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <div className="detail-head">
        <h2>{t('custody.entry', { seq: row.seq })}</h2>
        <Button size="small" kind="quiet" icon="close" label={t('detail.close')} onClick={onClose} />
      </div>
      <div className="detail-body">
        <p className="breakable">
          <strong>
            <RawText text={row.summary} lines />
          </strong>
        </p>
        <dl className="facts">
          <dt>{t('custody.act')}</dt>
          <dd className="mono">{row.act}</dd>
          <dt>{t('custody.at')}</dt>
          <dd>
            <TimeText at={row.at} precision="millisecond" />
          </dd>
          {plain
            .filter(([, value]) => value !== '')
            .map(([label, value]) => (
              <div key={label} className="fact-pair">
                <dt>{t(label)}</dt>
                <dd>
                  <RawText text={value} />
                </dd>
              </div>
            ))}
          <dt>{t('custody.signature')}</dt>
          <dd>
            <SignatureMark signature={row.signature} />
            {row.signature === 'adopted' ? (
              <p className="soft small">{t('custody.signature.adopted.hint')}</p>
            ) : undefined}
          </dd>
          <dt>{t('custody.hash')}</dt>
          <dd>
            <Digest value={row.hash} name={t('custody.hash')} />
          </dd>
          <dt>{t('custody.prev')}</dt>
          <dd>
            <Digest value={row.prev} name={t('custody.prev')} />
          </dd>
        </dl>
        <section className="stack tight">
          <h3>{t('custody.body')}</h3>
          <TextBlock text={row.body} label={t('custody.body')} />
        </section>
      </div>
    </aside>
  );
}
