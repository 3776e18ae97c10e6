import type { CaseSummary } from '../../host/cases.ts';
import { formatBytes, formatCount } from '../format/quantity.ts';
import { t } from '../text/message.ts';
import { Badge } from '../widgets/badge.tsx';
import { Button } from '../widgets/button.tsx';
import { RawText } from '../widgets/raw-text.tsx';
import { TimeText } from '../widgets/time-text.tsx';

interface Props {
  readonly cases: readonly CaseSummary[];
  readonly openRef: string | undefined;
  readonly busy: boolean;
  readonly onOpen: (ref: string) => void;
  readonly onClose: () => void;
}

const LEDGER_KIND = { intact: 'ok', recovered: 'warn', broken: 'danger' } as const;

export function CaseTable({ cases, openRef, busy, onOpen, onClose }: Props) {
  return (
    <div className="panel scroll-x">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{t('cases.name')}</th>
            <th scope="col">{t('cases.created')}</th>
            <th scope="col" className="number">
              {t('cases.exhibits')}
            </th>
            <th scope="col" className="number">
              {t('cases.events')}
            </th>
            <th scope="col" className="number">
              {t('cases.size')}
            </th>
            <th scope="col">{t('cases.ledger')}</th>
            <th scope="col">{t('cases.sealed')}</th>
            <th scope="col">
              <span className="hidden-text">{t('cases.open')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {cases.map((one) => (
            <tr key={one.ref} className={one.ref === openRef ? 'current' : ''}>
              <td className="case-name">
                <div className="row">
                  <strong>
                    <RawText text={one.name} />
                  </strong>
                  {one.classification ? (
                    <Badge>
                      <RawText text={one.classification} />
                    </Badge>
                  ) : undefined}
                  {one.lockedBy === undefined ? undefined : (
                    <Badge kind="warn" icon="lock">
                      {t('cases.locked', { by: one.lockedBy })}
                    </Badge>
                  )}
                </div>
                <p className="soft">
                  <RawText text={one.purpose} />
                </p>
              </td>
              <td className="nowrap">
                <TimeText at={one.createdAt} precision="day" />
              </td>
              <td className="number">{formatCount(one.exhibits)}</td>
              <td className="number">{formatCount(one.events)}</td>
              <td className="number">{formatBytes(one.bytes)}</td>
              <td className="nowrap">
                <Badge
                  kind={LEDGER_KIND[one.ledger.state]}
                  icon={one.ledger.state === 'intact' ? 'check' : 'warning'}
                >
                  {t(`cases.ledger.${one.ledger.state}`)}
                </Badge>
                {one.ledger.unsigned > 0 ? (
                  <div className="small soft">{t('cases.ledger.unsigned', { n: one.ledger.unsigned })}</div>
                ) : undefined}
              </td>
              <td className="nowrap">
                {one.lastSeal === undefined ? (
                  <span className="soft">{t('cases.sealed.never')}</span>
                ) : (
                  <TimeText at={one.lastSeal} precision="minute" />
                )}
              </td>
              <td className="number">
                {one.ref === openRef ? (
                  <Button size="small" onClick={onClose}>
                    {t('cases.close')}
                  </Button>
                ) : (
                  <Button
                    size="small"
                    disabled={busy}
                    aria-label={t('cases.open.named', { name: one.name })}
                    onClick={() => onOpen(one.ref)}
                  >
                    {t('cases.open')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
