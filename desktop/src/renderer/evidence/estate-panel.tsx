import { useState } from 'react';
import { casesAttachEstate, type EstateSummary, type OpenCase } from '../../host/cases.ts';
import type { HostError } from '../../host/request.ts';
import { formatCount } from '../format/quantity.ts';
import { toHostError } from '../state/host-error.ts';
import { useJob } from '../state/use-request.ts';
import { useWorkbench } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { Button } from '../widgets/button.tsx';
import { Failure, Notice, ProgressLine } from '../widgets/states.tsx';

const COUNTS = ['sensitive', 'privileged', 'shared', 'service', 'accessPaths'] as const;

/** What the organisation declares of its databases: what it is for, what the case has, and the way to attach it. */
export function EstatePanel({ open, readOnly }: { readonly open: OpenCase; readonly readOnly: boolean }) {
  const { host, current, route } = useWorkbench();
  const job = useJob(casesAttachEstate);
  const [failure, setFailure] = useState<HostError>();
  const [attached, setAttached] = useState(false);
  const { estate } = open;
  const attach = async () => {
    setFailure(undefined);
    setAttached(false);
    try {
      const [picked] = await host.pick('estate');
      const next = picked === undefined ? undefined : await job.run({ file: picked.id });
      if (next === undefined) return;
      current.set(next);
      setAttached(true);
    } catch (thrown) {
      setFailure(toHostError(thrown));
    }
  };
  return (
    <section className="panel" id="estate" aria-labelledby="estate-title">
      <div className="panel-head">
        <h2 id="estate-title">{t('estate.title')}</h2>
        {readOnly ? undefined : (
          <Button icon="add" disabled={job.running} onClick={attach}>
            {t(estate === undefined ? 'estate.attach' : 'estate.replace')}
          </Button>
        )}
      </div>
      <div className="panel-body stack tight">
        <p className="soft estate-what">
          {t('estate.what')} {estate === undefined ? <strong>{t('estate.none')}</strong> : undefined}
        </p>
        {failure === undefined ? undefined : <Failure error={failure} />}
        {job.error === undefined ? undefined : <Failure error={job.error} />}
        {job.running ? <ProgressLine progress={job.progress} label={t('estate.running')} /> : undefined}
        {attached ? (
          <Notice kind="ok">
            <p>{t('estate.done')}</p>
            <div className="row">
              <Button size="small" icon="findings" onClick={() => route.set({ screen: 'findings' })}>
                {t('estate.detect')}
              </Button>
            </div>
          </Notice>
        ) : undefined}
        {estate === undefined ? undefined : <Summary estate={estate} />}
      </div>
    </section>
  );
}

function Summary({ estate }: { readonly estate: EstateSummary }) {
  return (
    <dl className="figures">
      {COUNTS.map((name) => (
        <div key={name}>
          <dt>{t(`estate.${name}`)}</dt>
          <dd>{formatCount(estate[name])}</dd>
        </div>
      ))}
      <div>
        <dt>{t('estate.hours')}</dt>
        <dd>{estate.hours ? t('estate.hours.set', { zone: estate.zone }) : t('estate.hours.unset')}</dd>
      </div>
    </dl>
  );
}
