import type { Finding } from '../../host/findings.ts';
import { formatCount } from '../format/quantity.ts';
import { t } from '../text/message.ts';
import { RawText } from '../widgets/raw-text.tsx';
import { TimeText } from '../widgets/time-text.tsx';
import { groupFindings, LEVELS, worstFirst } from './group-findings.ts';

/** Before any finding is chosen: who is behind them, the worst first, and where to begin. */
export function ActorOverview({
  findings,
  onChoose,
}: {
  readonly findings: readonly Finding[];
  readonly onChoose: (id: string) => void;
}) {
  const actors = worstFirst(groupFindings(findings, 'actor', 'all'));
  const levels = LEVELS.filter((level) => findings.some((one) => one.level === level));
  const open = findings.filter((one) => one.triage === 'new').length;
  return (
    <section className="overview" aria-labelledby="overview-title">
      <div className="stack tight">
        <h2 id="overview-title">{t('findings.overview')}</h2>
        <p className="soft">
          {open === 0 ? t('findings.overview.done') : t('findings.overview.open', { n: open })}{' '}
          {t('findings.detail.choose')}
        </p>
      </div>
      <div className="panel scroll-x">
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">{t('findings.actor')}</th>
              {levels.map((level) => (
                <th key={level} scope="col" className="number">
                  <span className={`level ${level}`}>{level}</span>
                </th>
              ))}
              <th scope="col">{`${t('findings.first')} – ${t('findings.last')}`}</th>
            </tr>
          </thead>
          <tbody>
            {actors.map(({ key, findings: own }) => {
              const [worst] = own;
              const first = Math.min(...own.map((one) => one.first));
              const last = Math.max(...own.map((one) => one.last));
              return (
                <tr key={key}>
                  <th scope="row">
                    <button
                      type="button"
                      className="link"
                      onClick={() => worst !== undefined && onChoose(worst.id)}
                    >
                      <RawText text={key || t('findings.group.none')} />
                    </button>
                  </th>
                  {levels.map((level) => {
                    const count = own.filter((one) => one.level === level).length;
                    return (
                      <td key={level} className={count === 0 ? 'number soft' : 'number'}>
                        {formatCount(count)}
                      </td>
                    );
                  })}
                  <td>
                    <TimeText at={first} precision="minute" />
                    {last - first < 60_000_000 ? undefined : (
                      <>
                        <br />
                        <TimeText at={last} precision="minute" />
                      </>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
