import type { HostError } from '../../host/request.ts';
import { t } from '../text/message.ts';
import { Failure } from '../widgets/states.tsx';

/** Shown instead of the workbench when no engine could be reached. */
export function StartFailure({ error }: { readonly error: HostError }) {
  return (
    <main className="start">
      <h1>{t('app.failed.title')}</h1>
      <Failure error={error} onRetry={() => location.reload()} />
    </main>
  );
}
