import { useState } from 'react';
import { packagesList, type SealedPackageRow } from '../../host/report.ts';
import type { HostError } from '../../host/request.ts';
import { formatBytes } from '../format/quantity.ts';
import { toHostError } from '../state/host-error.ts';
import { useStore } from '../state/store.ts';
import { type Loaded, useRequest } from '../state/use-request.ts';
import { useWorkbench } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { Button } from '../widgets/button.tsx';
import { Digest } from '../widgets/digest.tsx';
import { RawText } from '../widgets/raw-text.tsx';
import { Failure, ProgressLine } from '../widgets/states.tsx';
import { TimeText } from '../widgets/time-text.tsx';
import { useOpenPackage } from './use-open-package.ts';

const NOTHING = {};

/** The packages that were sealed from the open case, newest first; none where a package itself is open. */
export function useSealedPackages(): Loaded<readonly SealedPackageRow[]> {
  const open = useStore(useWorkbench().current);
  return useRequest(packagesList, open?.mode === 'examiner' ? NOTHING : undefined);
}

/** Each sealed package with where it lies and what can be done with it: check it, look at it as its reader would, take it along. */
export function SealedPackages({ packages }: { readonly packages: readonly SealedPackageRow[] }) {
  const { host, identity, route } = useWorkbench();
  const fingerprint = useStore(identity)?.fingerprint;
  const opening = useOpenPackage();
  const [failure, setFailure] = useState<HostError>();
  const save = async ({ ref, name }: SealedPackageRow) => {
    setFailure(undefined);
    try {
      await host.download?.(ref, `${name}.zip`);
    } catch (thrown) {
      setFailure(toHostError(thrown));
    }
  };
  return (
    <>
      {failure === undefined ? undefined : <Failure error={failure} />}
      {opening.error === undefined ? undefined : <Failure error={opening.error} />}
      {opening.running ? (
        <ProgressLine progress={opening.progress} label={t('package.opening')} onCancel={opening.cancel} />
      ) : undefined}
      <ul className="packages">
        {packages.map((one) => (
          <li key={one.ref}>
            <div className="package-what">
              <p>
                <strong>
                  <RawText text={one.name} />
                </strong>{' '}
                <span className="soft">
                  <TimeText at={one.sealedAt} precision="minute" /> · {formatBytes(one.bytes)}
                </span>
              </p>
              <p className="soft small">
                {t('package.place')}{' '}
                <span className="mono">
                  <RawText text={one.place} />
                </span>
              </p>
              <p className="row small">
                <span className="soft">{t('report.sealed.digest')}</span>
                <Digest value={one.digest} name={t('report.sealed.digest')} short />
              </p>
            </div>
            <div className="row">
              <Button
                size="small"
                icon="check"
                disabled={opening.running}
                aria-label={t('package.verify.named', { name: one.name })}
                onClick={() => route.set({ screen: 'package', item: one.ref })}
              >
                {t('package.verify')}
              </Button>
              <Button
                size="small"
                icon="lock"
                disabled={opening.running}
                title={t('package.open.hint')}
                aria-label={t('package.open.named', { name: one.name })}
                onClick={() =>
                  opening.open({ file: one.ref, ...(fingerprint === undefined ? {} : { fingerprint }) })
                }
              >
                {t('package.open')}
              </Button>
              {host.download === undefined || one.form === 'folder' ? undefined : (
                <Button
                  size="small"
                  icon="download"
                  aria-label={t('package.save.named', { name: one.name })}
                  onClick={() => save(one)}
                >
                  {t('package.save')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The list under its own heading, with what to do where it is empty. */
export function SealedPackagesPanel() {
  const { route } = useWorkbench();
  const list = useSealedPackages();
  if (list.value === undefined && list.error === undefined) return undefined;
  return (
    <section className="panel" aria-labelledby="packages-title">
      <div className="panel-head">
        <h2 id="packages-title">{t('report.packages')}</h2>
        <Button size="small" icon="report" onClick={() => route.set({ screen: 'report' })}>
          {t('package.seal')}
        </Button>
      </div>
      <div className="panel-body stack tight">
        {list.error === undefined ? undefined : <Failure error={list.error} onRetry={list.reload} />}
        {list.value?.length === 0 ? <p className="soft">{t('package.none')}</p> : undefined}
        {list.value === undefined || list.value.length === 0 ? undefined : (
          <SealedPackages packages={list.value} />
        )}
      </div>
    </section>
  );
}
