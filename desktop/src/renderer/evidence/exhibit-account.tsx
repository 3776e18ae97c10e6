import type { ComponentProps } from 'react';
import type { Exhibit } from '../../host/evidence.ts';
import { formatBytes, formatCount } from '../format/quantity.ts';
import { t } from '../text/message.ts';
import { Badge } from '../widgets/badge.tsx';
import { Digest } from '../widgets/digest.tsx';
import { RawText } from '../widgets/raw-text.tsx';
import { Notice } from '../widgets/states.tsx';
import { TimeText } from '../widgets/time-text.tsx';
import { ClockOffset } from './clock-offset.tsx';
import { factLabel } from './source-facts.ts';
import { UnreadRanges } from './unread-ranges.tsx';

const SEVERITY: Readonly<Record<string, ComponentProps<typeof Badge>>> = {
  error: { kind: 'danger', icon: 'error', children: 'error' },
  info: { kind: 'info', icon: 'info', children: 'note' },
};
const WARNING: ComponentProps<typeof Badge> = { kind: 'warn', icon: 'warning', children: 'warning' };

/** Where every byte of an exhibit went, and what ties it to the file that was handed over. */
export function ExhibitAccount({
  exhibit,
  readOnly,
  onChanged,
}: {
  readonly exhibit: Exhibit;
  readonly readOnly: boolean;
  readonly onChanged: () => void;
}) {
  const covered = exhibit.ranges.reduce((sum, range) => sum + range.bytes, 0);
  const rejected = exhibit.ranges.some((range) => range.kind !== 'records');
  return (
    <section className="stack" aria-label={t('evidence.detail', { id: exhibit.id })}>
      <h2>{t('evidence.detail', { id: exhibit.id })}</h2>
      {exhibit.error === undefined ? undefined : (
        <Notice kind="danger">
          <p>
            <RawText text={exhibit.error.message} /> <code className="small">{exhibit.error.code}</code>
          </p>
        </Notice>
      )}
      <div className="account">
        <section className="panel panel-body stack tight">
          <dl className="facts">
            <dt>{t('evidence.size')}</dt>
            <dd>
              {t('evidence.bytes', { n: exhibit.bytes })}{' '}
              <span className="soft">({formatBytes(exhibit.bytes)})</span>
            </dd>
            <dt>{t('evidence.sha256')}</dt>
            <dd>
              <Digest value={exhibit.sha256} name={t('evidence.sha256')} />
            </dd>
            <dt>{t('evidence.sha512')}</dt>
            <dd>
              <Digest value={exhibit.sha512} name={t('evidence.sha512')} />
            </dd>
            <dt title={t('evidence.root.hint')}>{t('evidence.root')}</dt>
            <dd>
              <Digest value={exhibit.blocksRoot} name={t('evidence.root')} />
            </dd>
            <dt>{t('evidence.format')}</dt>
            <dd>
              {exhibit.formatTitle ?? '–'}
              {exhibit.because === undefined ? undefined : (
                <p className="soft small">
                  <RawText text={exhibit.because} />
                </p>
              )}
            </dd>
            {exhibit.product === undefined ? undefined : (
              <>
                <dt>{t('evidence.product')}</dt>
                <dd>{exhibit.product}</dd>
              </>
            )}
            {exhibit.server === undefined ? undefined : (
              <>
                <dt>{t('evidence.server')}</dt>
                <dd>
                  <RawText text={exhibit.server} />
                </dd>
              </>
            )}
            {exhibit.zone === undefined ? undefined : (
              <>
                <dt>{t('evidence.zoneBasis')}</dt>
                <dd>
                  {exhibit.zone} <span className="soft">({exhibit.zoneBasis})</span>
                </dd>
              </>
            )}
            {exhibit.parent === undefined ? undefined : (
              <>
                <dt>{t('evidence.parent')}</dt>
                <dd>
                  {exhibit.parent} <span className="soft">{exhibit.derivation}</span>
                </dd>
              </>
            )}
            <dt>{t('evidence.imported')}</dt>
            <dd>
              <TimeText at={exhibit.importedAt} />
            </dd>
            {Object.entries(exhibit.facts).map(([name, value]) => (
              <div key={name} className="fact-pair">
                <dt>
                  <FactName name={name} />
                </dt>
                <dd>
                  <RawText text={value} lines />
                </dd>
              </div>
            ))}
          </dl>
        </section>
        <div className="stack">
          <section className="panel" aria-label={t('evidence.ranges')}>
            <div className="panel-head">
              <h3>{t('evidence.ranges')}</h3>
            </div>
            <table className="data-table">
              <thead>
                <tr>
                  <th scope="col">{t('evidence.range.kind')}</th>
                  <th scope="col" className="number">
                    {t('evidence.range.ranges')}
                  </th>
                  <th scope="col" className="number">
                    {t('evidence.records')}
                  </th>
                  <th scope="col" className="number">
                    {t('evidence.range.bytes')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {exhibit.ranges.map((range) => (
                  <tr key={`${range.kind} ${range.code}`}>
                    <td>
                      {t(`evidence.range.${range.kind}`)}
                      {range.message === undefined ? undefined : (
                        <p className="soft small">
                          <RawText text={range.message} /> <code>{range.code}</code>
                        </p>
                      )}
                    </td>
                    <td className="number">{formatCount(range.ranges)}</td>
                    <td className="number">{formatCount(range.records)}</td>
                    <td className="number">{formatCount(range.bytes)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {covered === exhibit.bytes ? (
              <p className="soft small panel-foot">{t('evidence.range.covered')}</p>
            ) : undefined}
          </section>
          {exhibit.problems.length === 0 ? undefined : (
            <section className="panel panel-body stack tight" aria-label={t('evidence.problems')}>
              <h3>{t('evidence.problems')}</h3>
              {exhibit.problems.map((one) => (
                <p key={`${one.code} ${one.byte}`}>
                  <Badge {...(SEVERITY[one.severity] ?? WARNING)} /> <RawText text={one.message} />{' '}
                  <code className="soft small">{one.code}</code>
                </p>
              ))}
            </section>
          )}
          {readOnly ? undefined : (
            <ClockOffset source={exhibit.source} offsetMs={exhibit.offsetMs} onChanged={onChanged} />
          )}
        </div>
      </div>
      {rejected ? <UnreadRanges exhibit={exhibit.id} /> : undefined}
    </section>
  );
}

function FactName({ name }: { readonly name: string }) {
  const label = factLabel(name);
  return label === undefined ? <RawText text={name} /> : t(label);
}
