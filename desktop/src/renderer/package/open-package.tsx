import { useMemo } from 'react';
import type { OpenCase } from '../../host/cases.ts';
import { casesClose } from '../../host/cases.ts';
import { packageVerify } from '../../host/report.ts';
import { useStore } from '../state/store.ts';
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
  const { current, filter, host, verified } = useWorkbench();
  const known = useStore(verified);
  // After a reload the page no longer holds the answer: the package's handle gets it again.
  const asked = useRequest(
    packageVerify,
    useMemo(
      () => (known === undefined ? { file: open.ref, fingerprint: open.package?.fingerprint } : undefined),
      [known, open.ref, open.package?.fingerprint],
    ),
  );
  const closing = useJob(casesClose);
  const close = async () => {
    await closing.run({});
    filter.reset();
    verified.set(undefined);
    current.set(undefined);
  };
  const verification = known ?? asked.value;
  return (
    <div className="screen package">
      <div className="screen-head">
        <h1>{t('package.title.auditor')}</h1>
        {host.capabilities.readOnly ? undefined : <Button onClick={close}>{t('package.close')}</Button>}
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
        {verification === undefined && asked.loading ? <Loading label={t('package.verifying')} /> : undefined}
        {asked.error === undefined ? undefined : <Failure error={asked.error} onRetry={asked.reload} />}
        {verification === undefined && !asked.loading && open.package !== undefined ? (
          <Notice kind="warn">
            <p>
              <strong>{t('package.verdict')}</strong> <RawText text={open.package.verdict} />
            </p>
            <p>{t('package.verdict.again')}</p>
          </Notice>
        ) : undefined}
        {verification === undefined ? undefined : <VerificationView verification={verification} />}
      </section>
    </div>
  );
}
