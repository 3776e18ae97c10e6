import type { Exhibit } from '../../host/evidence.ts';
import { formatBytes, formatCount } from '../format/quantity.ts';
import { t } from '../text/message.ts';
import { Badge } from '../widgets/badge.tsx';
import { RawText } from '../widgets/raw-text.tsx';
import { TimeText } from '../widgets/time-text.tsx';

const PROVIDER = { matches: 'ok', differs: 'danger', 'none-given': 'plain' } as const;

export function ExhibitTable({
  exhibits,
  chosen,
  onChoose,
}: {
  readonly exhibits: readonly Exhibit[];
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}) {
  return (
    <div className="panel scroll-x">
      <table className="data-table">
        <caption className="hidden-text">{t('evidence.exhibits')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('evidence.exhibit')}</th>
            <th scope="col">{t('evidence.file')}</th>
            <th scope="col">{t('evidence.source')}</th>
            <th scope="col" className="number">
              {t('evidence.records')}
            </th>
            <th scope="col" className="number">
              {t('evidence.rejected')}
            </th>
            <th scope="col" className="number">
              {t('evidence.size')}
            </th>
            <th scope="col">{t('evidence.span')}</th>
            <th scope="col">{t('evidence.provider')}</th>
          </tr>
        </thead>
        <tbody>
          {exhibits.map((one) => {
            const unread = one.ranges
              .filter((range) => range.kind === 'rejected')
              .reduce((sum, range) => sum + range.ranges, 0);
            return (
              <tr key={one.id} className={one.id === chosen ? 'current' : ''}>
                <td>
                  <button
                    type="button"
                    className="button small"
                    aria-pressed={one.id === chosen}
                    onClick={() => onChoose(one.id)}
                  >
                    {one.id}
                  </button>
                </td>
                <td>
                  <strong>
                    <RawText text={one.name} />
                  </strong>{' '}
                  {one.state === 'imported' ? undefined : (
                    <Badge kind={one.state === 'failed' ? 'danger' : 'plain'}>
                      {t(`evidence.state.${one.state}`)}
                    </Badge>
                  )}
                  <p className="soft small">
                    {one.formatTitle ??
                      t(
                        one.state === 'registered'
                          ? 'evidence.state.registered.hint'
                          : 'evidence.format.none',
                      )}
                  </p>
                </td>
                <td>
                  <RawText text={one.source} />
                  {one.offsetMs === 0 ? undefined : (
                    <p className="soft small">{t('timeline.offset', { offset: `${one.offsetMs} ms` })}</p>
                  )}
                </td>
                <td className="number">{formatCount(one.records)}</td>
                <td className="number">
                  {unread === 0 ? (
                    <span className="soft">0</span>
                  ) : (
                    <Badge kind="warn" icon="warning">
                      {t('evidence.rejected.count', { n: unread })}
                    </Badge>
                  )}
                </td>
                <td className="number">{formatBytes(one.bytes)}</td>
                <td className="nowrap small">
                  {one.first === undefined ? '–' : <TimeText at={one.first} />}
                  <br />
                  {one.last === undefined ? '' : <TimeText at={one.last} />}
                </td>
                <td>
                  {one.providerDigest === 'none-given' ? (
                    <span className="soft">{t('evidence.provider.none-given')}</span>
                  ) : (
                    <Badge
                      kind={PROVIDER[one.providerDigest]}
                      icon={one.providerDigest === 'matches' ? 'check' : 'error'}
                    >
                      {t(`evidence.provider.${one.providerDigest}`)}
                    </Badge>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
