import { type FormEvent, useState } from 'react';
import { casesCurrent } from '../../host/cases.ts';
import { evidenceSetOffset } from '../../host/evidence.ts';
import { useJob } from '../state/use-request.ts';
import { useWorkbench } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { Button } from '../widgets/button.tsx';
import { TextField } from '../widgets/field.tsx';
import { Failure } from '../widgets/states.tsx';

/** Sets what is added to the times of a source, with how that was found. */
export function ClockOffset({
  source,
  offsetMs,
  onChanged,
}: {
  readonly source: string;
  readonly offsetMs: number;
  readonly onChanged: () => void;
}) {
  const { host, current } = useWorkbench();
  const job = useJob(evidenceSetOffset);
  const [form, setForm] = useState({ offset: String(offsetMs), method: '', note: '' });
  const [bad, setBad] = useState(false);
  const set = (name: keyof typeof form) => (event: { target: { value: string } }) =>
    setForm((old) => ({ ...old, [name]: event.target.value }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = !/^[-−]?\d+$/.test(form.offset.trim());
    setBad(wrong);
    if (wrong) return;
    const done = await job.run({
      source,
      offsetMs: Number(form.offset.trim().replace('−', '-')),
      method: form.method,
      note: form.note,
    });
    if (done === undefined) return;
    current.set(await host.request(casesCurrent, {}));
    onChanged();
  };
  return (
    <form
      className="panel panel-body stack tight"
      onSubmit={submit}
      aria-label={t('evidence.clock', { source })}
    >
      <h3>{t('evidence.clock', { source })}</h3>
      <p className="soft small">{t('evidence.clock.now', { offset: String(offsetMs) })}</p>
      {job.error === undefined ? undefined : <Failure error={job.error} />}
      <div className="columns-3">
        <TextField
          label={t('evidence.offset')}
          value={form.offset}
          onChange={set('offset')}
          inputMode="numeric"
          error={bad ? t('evidence.clock.bad') : undefined}
        />
        <TextField label={t('evidence.clock.method')} value={form.method} onChange={set('method')} />
        <TextField label={t('evidence.clock.note')} value={form.note} onChange={set('note')} />
      </div>
      <div className="row end">
        <Button type="submit" size="small" disabled={job.running}>
          {t('evidence.clock.set')}
        </Button>
      </div>
    </form>
  );
}
