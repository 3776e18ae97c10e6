import { formatBytes } from '../format/quantity.ts';
import { useStore } from '../state/store.ts';
import { useWorkbench } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { Icon } from '../widgets/icon.tsx';

/** One quiet line: how much there is, whether the ledger holds, in which zone times are shown. */
export function StatusBar() {
  const { current, preferences } = useWorkbench();
  const open = useStore(current);
  const { zone } = useStore(preferences);
  return (
    <footer className="status-bar" aria-label={t('app.status')}>
      {open === undefined ? (
        <span>{t('app.noCase')}</span>
      ) : (
        <>
          <span>
            {t('status.exhibits', { n: open.exhibits })} · {formatBytes(open.bytes)}
          </span>
          <span title={t('status.version', { n: open.dataVersion })}>
            {t('status.events', { n: open.events })}
          </span>
          <span className={`status-ledger ${open.ledger.state}`}>
            <Icon name={open.ledger.state === 'intact' ? 'check' : 'warning'} />
            {t('status.ledger', { n: open.ledger.entries })}, {t(`status.ledger.${open.ledger.state}`)}
          </span>
        </>
      )}
      <span className="status-zone">{t('status.zone', { zone })}</span>
    </footer>
  );
}
