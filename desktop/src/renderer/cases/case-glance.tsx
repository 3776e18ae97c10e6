import type { OpenCase } from '../../host/cases.ts';
import { type Finding, findingsList } from '../../host/findings.ts';
import { timelineGaps } from '../../host/timeline.ts';
import { groupFindings, worstFirst } from '../findings/group-findings.ts';
import { formatDuration } from '../format/time.ts';
import { type Loaded, useRequest } from '../state/use-request.ts';
import { useWorkbench } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { GAP_ITEM } from '../timeline/gap-pane.tsx';
import { Button } from '../widgets/button.tsx';
import { RawText } from '../widgets/raw-text.tsx';
import { Failure, Loading } from '../widgets/states.tsx';
import { TimeText } from '../widgets/time-text.tsx';

const NOTHING = {};
const ACTORS = 5;
const GAPS = 4;

/** What the open case says so far to the three questions that a case is about, each with the screen that answers it. */
export function CaseGlance({ open }: { readonly open: OpenCase }) {
  const { route } = useWorkbench();
  const findings = useRequest(findingsList, NOTHING);
  const gaps = useRequest(timelineGaps, NOTHING);
  const found = findings.value;
  const silent = gaps.value
    ?.filter((gap) => gap.kind === 'not_recorded' || gap.kind === 'hole')
    .toSorted((a, b) => a.from - b.from);
  const first = silent?.[0];
  const waiting = found?.findings.filter((one) => one.triage === 'new').length ?? 0;
  return (
    <div className="glance" aria-busy={findings.loading || gaps.loading}>
      <section className="panel panel-body stack tight" aria-labelledby="glance-who">
        <h2 id="glance-who">{t('glance.who')}</h2>
        {found === undefined ? (
          <Waiting asked={findings} />
        ) : found.rules.length === 0 ? (
          <p className="soft">{t('findings.empty.title')}.</p>
        ) : (
          <>
            <p className="soft">
              {t('findings.count', { n: found.findings.length })}, {t('glance.waiting', { n: waiting })}
            </p>
            <Actors findings={found.findings} />
          </>
        )}
        <Button size="small" icon="findings" onClick={() => route.set({ screen: 'findings' })}>
          {t('glance.findings')}
        </Button>
      </section>
      <section className="panel panel-body stack tight" aria-labelledby="glance-silent">
        <h2 id="glance-silent">{t('glance.silent')}</h2>
        {silent === undefined ? (
          <Waiting asked={gaps} />
        ) : (
          <>
            <p className="soft">{t('glance.stretches', { n: silent.length })}</p>
            <ul className="glance-list">
              {silent.slice(0, GAPS).map((gap) => (
                <li key={gap.id}>
                  <span>
                    <RawText text={gap.source} /> <span className="soft">{t(`gap.${gap.kind}`)}</span>
                    <br />
                    <span className="soft small">
                      <TimeText at={gap.from} precision="minute" />
                    </span>
                  </span>
                  <span className="nowrap">{formatDuration(gap.to - gap.from)}</span>
                </li>
              ))}
            </ul>
            {silent.length > GAPS ? (
              <p className="soft small">{t('glance.more', { n: silent.length - GAPS })}</p>
            ) : undefined}
          </>
        )}
        <Button
          size="small"
          icon="timeline"
          onClick={() =>
            route.set({ screen: 'timeline', ...(first === undefined ? {} : { item: GAP_ITEM + first.id }) })
          }
        >
          {t('glance.timeline')}
        </Button>
      </section>
      <section className="panel panel-body stack tight" aria-labelledby="glance-trust">
        <h2 id="glance-trust">{t('glance.trust')}</h2>
        <p className="soft">{t('glance.trust.text')}</p>
        <ul className="glance-list">
          <li>
            <span>{t('cases.ledger')}</span>
            <span>
              {t('glance.entries', { n: open.ledger.entries })}, {t(`status.ledger.${open.ledger.state}`)}
            </span>
          </li>
          <li>
            {open.package === undefined ? (
              <>
                <span>{t('cases.sealed')}</span>
                <span>
                  {open.lastSeal === undefined ? (
                    t('cases.sealed.never')
                  ) : (
                    <TimeText at={open.lastSeal} precision="minute" />
                  )}
                </span>
              </>
            ) : (
              <>
                <span>{t('package.title.auditor')}</span>
                <span>
                  <RawText text={open.package.verdict} />
                </span>
              </>
            )}
          </li>
        </ul>
        <div className="row">
          <Button size="small" icon="evidence" onClick={() => route.set({ screen: 'evidence' })}>
            {t('screen.evidence')}
          </Button>
          <Button size="small" icon="custody" onClick={() => route.set({ screen: 'custody' })}>
            {t('screen.custody')}
          </Button>
          {open.package === undefined ? undefined : (
            <Button size="small" icon="package" onClick={() => route.set({ screen: 'package' })}>
              {t('screen.package')}
            </Button>
          )}
        </div>
      </section>
    </div>
  );
}

function Waiting({ asked }: { readonly asked: Loaded<unknown> }) {
  return asked.error === undefined ? (
    <Loading progress={asked.progress} />
  ) : (
    <Failure error={asked.error} onRetry={asked.reload} />
  );
}

/** Who the worst findings are about. */
function Actors({ findings }: { readonly findings: readonly Finding[] }) {
  const actors = worstFirst(groupFindings(findings, 'actor', 'all')).map(({ key, findings: own }) => {
    const level = own[0]?.level ?? 'informational';
    return { key, level, worst: own.filter((one) => one.level === level).length };
  });
  return (
    <>
      <ul className="glance-list">
        {actors.slice(0, ACTORS).map(({ key, level, worst }) => (
          <li key={key}>
            <RawText text={key || t('findings.group.none')} />
            <span className={`level ${level}`}>
              {worst} {level}
            </span>
          </li>
        ))}
      </ul>
      {actors.length > ACTORS ? (
        <p className="soft small">{t('glance.more', { n: actors.length - ACTORS })}</p>
      ) : undefined}
    </>
  );
}
