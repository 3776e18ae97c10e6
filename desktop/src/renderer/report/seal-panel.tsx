import { useState } from 'react';
import { casesCurrent } from '../../host/cases.ts';
import { type ReportChoice, reportSeal, type SealedPackageRow, type SealResult } from '../../host/report.ts';
import { formatBytes } from '../format/quantity.ts';
import { IdentityPanel } from '../identity/identity-panel.tsx';
import { useOpenPackage } from '../package/use-open-package.ts';
import { VerificationView } from '../package/verification-view.tsx';
import { useStore } from '../state/store.ts';
import { useJob } from '../state/use-request.ts';
import { useWorkbench } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { Button } from '../widgets/button.tsx';
import { Digest } from '../widgets/digest.tsx';
import { JobEnd } from '../widgets/job-end.tsx';
import { RawText } from '../widgets/raw-text.tsx';
import { Failure, ProgressLine } from '../widgets/states.tsx';

const FORMS = ['zip', 'folder'] as const;

/** Seals what the form says, then shows what the verifier says of the package that was written. */
export function SealPanel({
  choice,
  packages,
  onSealed,
}: {
  readonly choice: ReportChoice;
  readonly packages: readonly SealedPackageRow[];
  readonly onSealed: () => void;
}) {
  const { host, current, identity } = useWorkbench();
  const key = useStore(identity);
  const job = useJob(reportSeal);
  const [form, setForm] = useState<(typeof FORMS)[number]>('zip');
  const [sealed, setSealed] = useState<SealResult>();
  const seal = async () => {
    const done = await job.run({ ...choice, form });
    if (done === undefined) return;
    setSealed(done);
    current.set(await host.request(casesCurrent, {}));
    onSealed();
  };
  return (
    <section className="panel" aria-labelledby="seal-title">
      <div className="panel-head">
        <h2 id="seal-title">{t('report.seal.title')}</h2>
      </div>
      <div className="panel-body stack">
        <p className="soft">{t('report.seal.text')}</p>
        {key?.unlocked ? undefined : (
          <div className="seal-key">
            <IdentityPanel />
          </div>
        )}
        <JobEnd job={job} />
        {job.running ? (
          <ProgressLine
            progress={job.progress}
            label={`${t('report.seal.running')}${job.progress === undefined ? '' : `, ${job.progress.phase}`}`}
            onCancel={job.cancel}
          />
        ) : (
          <div className="row apart">
            <div className="segmented" role="group" aria-label={t('report.seal.form')}>
              {FORMS.map((one) => (
                <button
                  key={one}
                  type="button"
                  className="button"
                  aria-pressed={form === one}
                  onClick={() => setForm(one)}
                >
                  {t(`report.seal.${one}`)}
                </button>
              ))}
            </div>
            <Button kind="primary" icon="lock" disabled={!key?.unlocked} onClick={seal}>
              {t('report.seal.act')}
            </Button>
          </div>
        )}
        {sealed === undefined || job.running ? undefined : (
          <div className="stack" role="status">
            <h3 className="sealed-title">
              <RawText text={t('report.sealed.title', { name: sealed.name })} />{' '}
              <span className="soft">{formatBytes(sealed.bytes)}</span>
            </h3>
            <dl className="facts">
              <dt>{t('report.sealed.digest')}</dt>
              <dd>
                <Digest value={sealed.digest} name={t('report.sealed.digest')} />
              </dd>
              <dt>{t('report.sealed.fingerprint')}</dt>
              <dd>
                <Digest value={sealed.fingerprint} name={t('report.sealed.fingerprint')} />
              </dd>
            </dl>
            <VerificationView verification={sealed.verification}>
              <NextSteps sealed={sealed} row={packages.find((one) => one.ref === sealed.ref)} />
            </VerificationView>
          </div>
        )}
      </div>
    </section>
  );
}

/** A package is sealed to be handed over: what to give, how, and how to look at it as the reader will. */
function NextSteps({
  sealed,
  row,
}: {
  readonly sealed: SealResult;
  readonly row: SealedPackageRow | undefined;
}) {
  const { host } = useWorkbench();
  const opening = useOpenPackage();
  return (
    <section className="stack tight" aria-labelledby="next-title">
      <h3 id="next-title">{t('report.sealed.next')}</h3>
      <ol className="next-steps">
        <li>
          {t('report.sealed.next.give')}{' '}
          <span className="mono">
            <RawText text={row?.place ?? sealed.name} />
          </span>
          .
          {host.download === undefined || row?.form !== 'zip' ? undefined : (
            <div className="row">
              <Button
                size="small"
                icon="download"
                onClick={() => void host.download?.(sealed.ref, `${sealed.name}.zip`)}
              >
                {t('package.save')}
              </Button>
            </div>
          )}
        </li>
        <li>{t('report.sealed.next.fingerprint')}</li>
        <li>
          {t('report.sealed.next.look')}
          <div className="row">
            <Button
              size="small"
              icon="lock"
              disabled={opening.running}
              title={t('package.open.hint')}
              onClick={() => opening.open({ file: sealed.ref, fingerprint: sealed.fingerprint })}
            >
              {t('package.open')}
            </Button>
          </div>
        </li>
      </ol>
      {opening.error === undefined ? undefined : <Failure error={opening.error} />}
      {opening.running ? (
        <ProgressLine progress={opening.progress} label={t('package.opening')} onCancel={opening.cancel} />
      ) : undefined}
    </section>
  );
}
