import type { HostError } from '../../host/request.ts';
import { t } from '../text/message.ts';
import { Failure, Notice } from './states.tsx';

/** Why a job ended without an answer, where it did: it failed or was cancelled. */
export function JobEnd({
  job,
}: {
  readonly job: { readonly error?: HostError; readonly cancelled: boolean };
}) {
  if (job.error !== undefined) return <Failure error={job.error} />;
  if (!job.cancelled) return undefined;
  return (
    <Notice kind="info">
      <p>{t('progress.cancelled')}</p>
    </Notice>
  );
}
