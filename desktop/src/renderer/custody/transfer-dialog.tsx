import { type FormEvent, useId, useState } from 'react';
import { custodyTransfer } from '../../host/custody.ts';
import { evidenceList } from '../../host/evidence.ts';
import { useJob, useRequest } from '../state/use-request.ts';
import { t } from '../text/message.ts';
import { Button } from '../widgets/button.tsx';
import { Dialog } from '../widgets/dialog.tsx';
import { SelectField, TextField } from '../widgets/field.tsx';
import { RawText } from '../widgets/raw-text.tsx';
import { Failure } from '../widgets/states.tsx';

const ACTS = ['custody.transfer', 'custody.checkout', 'custody.checkin'] as const;
const FIELDS = ['from', 'to', 'place', 'purpose', 'authority', 'condition'] as const;
const NOTHING = {};

export function TransferDialog({
  onClose,
  onWritten,
}: {
  readonly onClose: () => void;
  readonly onWritten: () => void;
}) {
  const exhibits = useRequest(evidenceList, NOTHING);
  const job = useJob(custodyTransfer);
  const formId = useId();
  const [act, setAct] = useState<(typeof ACTS)[number]>('custody.transfer');
  const [object, setObject] = useState<readonly string[]>([]);
  const [form, setForm] = useState({
    from: '',
    to: '',
    place: '',
    purpose: '',
    authority: '',
    condition: '',
  });
  const [tried, setTried] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (object.length > 0 && (await job.run({ act, object: [...object], ...form })) !== undefined)
      onWritten();
  };
  return (
    <Dialog
      title={t('transfer.title')}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t('act.cancel')}</Button>
          <Button kind="primary" type="submit" form={formId} disabled={job.running}>
            {t('transfer.write')}
          </Button>
        </>
      }
    >
      <form id={formId} className="stack" onSubmit={submit}>
        <p className="soft">{t('transfer.text')}</p>
        {job.error === undefined ? undefined : <Failure error={job.error} />}
        <SelectField
          label={t('transfer.act')}
          value={act}
          onChange={(event) => setAct(ACTS.find((one) => one === event.target.value) ?? 'custody.transfer')}
        >
          {ACTS.map((one) => (
            <option key={one} value={one}>
              {t(`transfer.act.${one}`)}
            </option>
          ))}
        </SelectField>
        <fieldset className="field">
          <legend className="field-label">{t('transfer.objects')}</legend>
          {exhibits.value?.map((one) => (
            <label key={one.id} className="check">
              <input
                type="checkbox"
                checked={object.includes(one.id)}
                onChange={(event) =>
                  setObject((old) =>
                    event.target.checked ? [...old, one.id] : old.filter((id) => id !== one.id),
                  )
                }
              />
              {one.id}{' '}
              <span className="soft">
                <RawText text={one.name} />
              </span>
            </label>
          ))}
          {tried && object.length === 0 ? (
            <span className="field-error" role="alert">
              {t('transfer.objects.missing')}
            </span>
          ) : undefined}
        </fieldset>
        <div className="columns-2">
          {FIELDS.map((name) => (
            <TextField
              key={name}
              label={t(`transfer.${name}`)}
              value={form[name]}
              onChange={(event) => setForm((old) => ({ ...old, [name]: event.target.value }))}
              hint={name === 'condition' ? t('transfer.condition.hint') : undefined}
            />
          ))}
        </div>
      </form>
    </Dialog>
  );
}
