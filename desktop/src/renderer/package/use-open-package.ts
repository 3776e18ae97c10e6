import { casesOpenPackage } from '../../host/cases.ts';
import type { Verification } from '../../host/report.ts';
import { useJob } from '../state/use-request.ts';
import { useWorkbench } from '../state/workbench.ts';

/** Opening a package read-only: what is open is closed, and the page stands before the verification. */
export function useOpenPackage() {
  const { current, filter, route, verified } = useWorkbench();
  const job = useJob(casesOpenPackage);
  const open = async (
    params: { readonly file: string; readonly fingerprint?: string },
    verification?: Verification,
  ): Promise<void> => {
    const opened = await job.run(params);
    if (opened === undefined) return;
    filter.reset();
    verified.set(verification);
    current.set(opened);
    route.set({ screen: 'package' });
  };
  return { ...job, open };
}
