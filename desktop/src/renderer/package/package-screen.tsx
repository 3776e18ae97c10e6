import { useEffect, useMemo, useRef, useState } from 'react';
import { packageVerify, type Verification } from '../../host/report.ts';
import type { HostError, PickedFile } from '../../host/request.ts';
import { formatBytes } from '../format/quantity.ts';
import type { Action } from '../state/actions.ts';
import { toHostError } from '../state/host-error.ts';
import { useStore } from '../state/store.ts';
import { useJob } from '../state/use-request.ts';
import { useActions, useWorkbench } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { Button } from '../widgets/button.tsx';
import { TextField } from '../widgets/field.tsx';
import { JobEnd } from '../widgets/job-end.tsx';
import { RawText } from '../widgets/raw-text.tsx';
import { Empty, Failure, ProgressLine } from '../widgets/states.tsx';
import { OpenPackage } from './open-package.tsx';
import { SealedPackagesPanel, useSealedPackages } from './sealed-packages.tsx';
import { useOpenPackage } from './use-open-package.ts';
import { VerificationView } from './verification-view.tsx';

const FINGERPRINT = /^[0-9a-f]{64}$/;

/** Auditor mode begins here: verification first, then everything else read-only. */
export function PackageScreen() {
  const { current } = useWorkbench();
  const open = useStore(current);
  return open?.mode === 'auditor' ? <OpenPackage open={open} /> : <ChoosePackage />;
}

function ChoosePackage() {
  const { host, identity, route } = useWorkbench();
  const { item } = useStore(route);
  const own = useStore(identity)?.fingerprint;
  const sealed = useSealedPackages().value?.find((one) => one.ref === item);
  const verify = useJob(packageVerify);
  const opening = useOpenPackage();
  const [picked, setPicked] = useState<PickedFile>();
  const file = sealed === undefined ? picked : { id: sealed.ref, name: sealed.name, bytes: sealed.bytes };
  const [typed, setTyped] = useState('');
  const [result, setResult] = useState<Verification>();
  const [failure, setFailure] = useState<HostError>();
  const fingerprint = typed.replace(/\s/g, '').toLowerCase();
  const bad = fingerprint !== '' && !FINGERPRINT.test(fingerprint);
  const params = (chosen: { readonly id: string }, against = fingerprint) => ({
    file: chosen.id,
    ...(FINGERPRINT.test(against) ? { fingerprint: against } : {}),
  });

  const check = async (chosen: { readonly id: string }, against = fingerprint) => {
    setResult(undefined);
    setResult(await verify.run(params(chosen, against)));
  };
  // A package of one's own case was chosen by its address: it is checked against one's own key, which the field shows.
  const ref = sealed?.ref;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another package is another question; nothing else is
  useEffect(() => {
    if (ref === undefined) return;
    setTyped(own ?? '');
    void check({ id: ref }, own ?? '');
  }, [ref]);
  const choose = async () => {
    setFailure(undefined);
    try {
      const [chosen] = await host.pick('package');
      if (chosen === undefined) return;
      route.set({ screen: 'package' });
      setPicked(chosen);
      // What was filled in for a package of one's own says nothing of this one; what was typed stays.
      const against = fingerprint === own ? '' : fingerprint;
      if (against === '') setTyped('');
      await check(chosen, against);
    } catch (thrown) {
      setFailure(toHostError(thrown));
    }
  };
  const openReadOnly = async () => {
    if (file !== undefined) await opening.open(params(file), result);
  };
  const chooseNow = useRef(choose);
  chooseNow.current = choose;
  const actions = useMemo<readonly Action[]>(
    () => [
      {
        id: 'choose-package',
        group: t('group.case'),
        title: t('package.choose'),
        keys: ['p'],
        run: () => void chooseNow.current(),
      },
    ],
    [],
  );
  useActions(actions);
  const busy = verify.running || opening.running;

  return (
    <div className="screen package">
      <div className="screen-head">
        <h1>{t('package.title')}</h1>
        {file === undefined ? undefined : (
          <Button icon="package" disabled={busy} onClick={choose}>
            {t('package.again')}
          </Button>
        )}
      </div>
      {failure === undefined ? undefined : <Failure error={failure} />}
      {file === undefined ? (
        <div className="panel">
          <Empty icon="package" title={t('package.empty.title')} text={t('package.text')}>
            <Button kind="primary" icon="package" onClick={choose}>
              {t('package.choose')}
            </Button>
          </Empty>
        </div>
      ) : (
        <section className="panel panel-body stack" aria-label={file.name}>
          <h2>
            <RawText text={file.name} /> <span className="soft">{formatBytes(file.bytes)}</span>
          </h2>
          <form
            className="package-form"
            onSubmit={(event) => {
              event.preventDefault();
              if (!bad) void check(file);
            }}
          >
            <TextField
              label={t('package.fingerprint')}
              className="input mono"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              hint={t(
                sealed !== undefined && fingerprint === own
                  ? 'package.own.fingerprint'
                  : 'package.fingerprint.hint',
              )}
              error={bad ? t('package.fingerprint.bad') : undefined}
            />
            <div className="row end">
              <Button type="submit" icon="check" disabled={busy || bad}>
                {t('package.verify')}
              </Button>
              <Button
                kind={result?.exit === 1 ? 'plain' : 'primary'}
                icon="lock"
                disabled={busy || result === undefined || result.exit === 2 || result.exit === 4}
                onClick={openReadOnly}
              >
                {t('package.open')}
              </Button>
            </div>
          </form>
          {verify.running ? (
            <ProgressLine
              progress={verify.progress}
              label={t('package.verifying')}
              onCancel={verify.cancel}
            />
          ) : undefined}
          {opening.running ? (
            <ProgressLine
              progress={opening.progress}
              label={t('package.opening')}
              onCancel={opening.cancel}
            />
          ) : undefined}
          <JobEnd job={verify} />
          {opening.error === undefined ? undefined : <Failure error={opening.error} />}
          {result === undefined ? undefined : <VerificationView verification={result} />}
        </section>
      )}
      <SealedPackagesPanel />
    </div>
  );
}
