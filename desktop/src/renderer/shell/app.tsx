import { useEffect, useState } from 'react';
import { casesCurrent } from '../../host/cases.ts';
import { identityState } from '../../host/identity.ts';
import type { HostError } from '../../host/request.ts';
import { isAbort, toHostError } from '../state/host-error.ts';
import { applyPreferences } from '../state/preferences.ts';
import { useStore } from '../state/store.ts';
import { type Workbench, WorkbenchContext } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { Loading } from '../widgets/states.tsx';
import { Frame } from './frame.tsx';
import { StartFailure } from './start-failure.tsx';

/** Asks what is open, then shows the frame. */
export function App({ workbench }: { readonly workbench: Workbench }) {
  const preferences = useStore(workbench.preferences);
  const [started, setStarted] = useState<'no' | 'yes' | HostError>('no');

  useEffect(() => applyPreferences(preferences, document.documentElement), [preferences]);

  useEffect(() => {
    const abort = new AbortController();
    const { host, current, identity } = workbench;
    Promise.all([
      host.request(casesCurrent, {}, { signal: abort.signal }),
      host.request(identityState, {}, { signal: abort.signal }),
    ]).then(
      ([open, state]) => {
        current.set(open);
        identity.set(state);
        setStarted('yes');
      },
      (thrown) => !isAbort(thrown) && setStarted(toHostError(thrown)),
    );
    return () => abort.abort();
  }, [workbench]);

  if (started === 'no') return <Loading label={t('app.connecting')} />;
  if (started !== 'yes') return <StartFailure error={started} />;
  return (
    <WorkbenchContext value={workbench}>
      <Frame />
    </WorkbenchContext>
  );
}
