import { sessionsOfEvent } from '../../host/sessions.ts';
import { useJob } from '../state/use-request.ts';
import { useWorkbench } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { Button } from '../widgets/button.tsx';

/** The way from an event to its session whole; asked when it is wanted, since putting sessions together takes a while. */
export function SessionLink({ event, quiet = false }: { readonly event: string; readonly quiet?: boolean }) {
  const { announcement, route } = useWorkbench();
  const job = useJob(sessionsOfEvent, undefined);
  const go = async () => {
    const item = await job.run({ event });
    if (item === undefined) announcement.set(t('session.link.none', { id: event }));
    else route.set({ screen: 'sessions', item });
  };
  return (
    <Button
      size="small"
      kind={quiet ? 'quiet' : 'plain'}
      icon="sessions"
      disabled={job.running}
      {...(quiet ? { label: t('session.link.named', { id: event }) } : {})}
      onClick={go}
    >
      {quiet ? undefined : t('session.link')}
    </Button>
  );
}
