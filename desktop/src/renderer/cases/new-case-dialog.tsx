import { type FormEvent, useId, useState } from 'react';
import { casesCreate, type NewCase } from '../../host/cases.ts';
import { useJob } from '../state/use-request.ts';
import { useWorkbench } from '../state/workbench.ts';
import { type MessageKey, t } from '../text/message.ts';
import { Button } from '../widgets/button.tsx';
import { Dialog } from '../widgets/dialog.tsx';
import { TextArea, TextField } from '../widgets/field.tsx';
import { Failure } from '../widgets/states.tsx';

const SHORT_FIELDS: readonly {
  readonly name: keyof NewCase;
  readonly label: MessageKey;
  readonly hint?: MessageKey;
}[] = [
  { name: 'authority', label: 'cases.authority', hint: 'cases.authority.hint' },
  { name: 'requester', label: 'cases.requester' },
  { name: 'classification', label: 'cases.classification' },
  { name: 'place', label: 'cases.place' },
  { name: 'examiner', label: 'cases.examiner' },
];

export function NewCaseDialog({ onClose }: { readonly onClose: () => void }) {
  const { current, route, filter } = useWorkbench();
  const job = useJob(casesCreate);
  const formId = useId();
  const [form, setForm] = useState<NewCase>({
    name: '',
    purpose: '',
    authority: '',
    requester: '',
    classification: '',
    place: '',
    examiner: '',
  });
  const [tried, setTried] = useState(false);
  const set = (name: keyof NewCase) => (event: { target: { value: string } }) =>
    setForm((old) => ({ ...old, [name]: event.target.value }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (form.name.trim() === '') return;
    const made = await job.run(form);
    if (made === undefined) return;
    filter.reset();
    current.set(made);
    route.set({ screen: 'evidence' });
  };
  return (
    <Dialog
      title={t('cases.new')}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t('act.cancel')}</Button>
          <Button kind="primary" type="submit" form={formId} disabled={job.running}>
            {t('cases.create')}
          </Button>
        </>
      }
    >
      <form id={formId} className="stack" onSubmit={submit} noValidate>
        {job.error === undefined ? undefined : <Failure error={job.error} />}
        <TextField
          label={t('cases.name')}
          value={form.name}
          onChange={set('name')}
          maxLength={200}
          required
          hint={t('cases.name.hint')}
          error={tried && form.name.trim() === '' ? t('cases.name.missing') : undefined}
        />
        <TextArea
          label={t('cases.purpose')}
          value={form.purpose}
          onChange={set('purpose')}
          rows={2}
          hint={t('cases.purpose.hint')}
        />
        <div className="columns-2">
          {SHORT_FIELDS.map(({ name, label, hint }) => (
            <TextField
              key={name}
              label={t(label)}
              value={form[name]}
              onChange={set(name)}
              hint={hint === undefined ? undefined : t(hint)}
            />
          ))}
        </div>
      </form>
    </Dialog>
  );
}
