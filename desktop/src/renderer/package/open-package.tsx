import { useMemo } from 'react';
import type { OpenCase } from '../../host/cases.ts';
import { casesClose } from '../../host/cases.ts';
import { packageVerify } from '../../host/report.ts';
import { useJob, useRequest } from '../state/use-request.ts';
import { useWorkbench } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { Button } from '../widgets/button.tsx';
import { Digest } from '../widgets/digest.tsx';
import { RawText } from '../widgets/raw-text.tsx';
import { Failure, Loading, Notice } from '../widgets/states.tsx';
import { VerificationView } from './verification-view.tsx';

/** The package that is open: what verification says of it, before anything that it contains. */
export function OpenPackage({ open }: { readonly open: OpenCase }) {
  const { current, filter, host } = useWorkbench();
  const asked = useRequest(
    packageVerify,
    useMemo(() => ({ file: open.ref }), [open.ref]),
  );
  const closing = useJob(casesClose);
  const close = async () => {
    await closing.run({});
    filter.reset();
    current.set(undefined);
  };
  return (
    <div className="screen package">
      <div className="screen-head">
        <h1>{t('package.title.auditor')}</h1>
        {host.capabilities.readOnly ? undefined : <Button onClick={close}>{t('cases.close')}</Button>}
      </div>
      <Notice kind="info">
        <p>{t('app.auditor.hint')}</p>
      </Notice>
      <section className="panel panel-body stack" aria-busy={asked.loading}>
        <h2>
          <RawText text={open.name} />
        </h2>
        <dl className="facts">
          <dt>{t('cases.purpose')}</dt>
          <dd>
            <RawText text={open.purpose} />
          </dd>
          <dt>{t('cases.authority')}</dt>
          <dd>
            <RawText text={open.authority} />
          </dd>
          {open.package === undefined ? undefined : (
            <>
              <dt>{t('report.sealed.digest')}</dt>
              <dd>
                <Digest value={open.package.digest} name={t('report.sealed.digest')} />
              </dd>
            </>
          )}
        </dl>
        {asked.value === undefined && asked.loading ? <Loading label={t('package.verifying')} /> : undefined}
        {asked.error === undefined ? undefined : (
          <>
            {open.package === undefined ? undefined : (
              <Notice kind="warn">
                <p>
                  <RawText text={open.package.verdict} />
                </p>
              </Notice>
            )}
            <Failure error={asked.error} onRetry={asked.reload} />
          </>
        )}
        {asked.value === undefined ? undefined : <VerificationView verification={asked.value} />}
      </section>
    </div>
  );
}
