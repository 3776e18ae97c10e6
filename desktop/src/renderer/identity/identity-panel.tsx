import { type FormEvent, useState } from 'react';
import { identityCreate, identityLock, identityUnlock } from '../../host/identity.ts';
import { useStore } from '../state/store.ts';
import { useJob } from '../state/use-request.ts';
import { useWorkbench } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { Button } from '../widgets/button.tsx';
import { Digest } from '../widgets/digest.tsx';
import { TextField } from '../widgets/field.tsx';
import { RawText } from '../widgets/raw-text.tsx';
import { Failure } from '../widgets/states.tsx';

const SHORTEST = 12;

/** Create, unlock or lock the examiner key; passphrases stay in the form and are wiped after use. */
export function IdentityPanel() {
  const { identity } = useWorkbench();
  const state = useStore(identity);
  if (state === undefined || !state.exists) return <CreateKey />;
  return state.unlocked ? <UnlockedKey /> : <UnlockKey />;
}

function CreateKey() {
  const { identity } = useWorkbench();
  const job = useJob(identityCreate);
  const [form, setForm] = useState({ name: '', organisation: '', role: '', passphrase: '', again: '' });
  const [tried, setTried] = useState(false);
  const set = (name: keyof typeof form) => (event: { target: { value: string } }) =>
    setForm((old) => ({ ...old, [name]: event.target.value }));
  const tooShort = form.passphrase.length < SHORTEST;
  const differs = form.passphrase !== form.again;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (tooShort || differs || form.name === '') return;
    const { again: _again, ...params } = form;
    const made = await job.run(params);
    setForm((old) => ({ ...old, passphrase: '', again: '' }));
    if (made !== undefined) identity.set(made);
  };
  return (
    <form className="stack" onSubmit={submit}>
      <p>{t('identity.none')}</p>
      {job.error === undefined ? undefined : <Failure error={job.error} />}
      <div className="columns-2">
        <TextField label={t('identity.name')} value={form.name} onChange={set('name')} required />
        <TextField
          label={t('identity.organisation')}
          value={form.organisation}
          onChange={set('organisation')}
        />
        <TextField label={t('identity.role')} value={form.role} onChange={set('role')} />
      </div>
      <div className="columns-2">
        <TextField
          label={t('identity.passphrase')}
          type="password"
          autoComplete="new-password"
          value={form.passphrase}
          onChange={set('passphrase')}
          hint={t('identity.passphrase.hint')}
          error={tried && tooShort ? t('identity.passphrase.short') : undefined}
        />
        <TextField
          label={t('identity.again')}
          type="password"
          autoComplete="new-password"
          value={form.again}
          onChange={set('again')}
          error={tried && differs ? t('identity.again.differs') : undefined}
        />
      </div>
      <div className="row end">
        <Button kind="primary" icon="key" type="submit" disabled={job.running}>
          {t('identity.create')}
        </Button>
      </div>
    </form>
  );
}

function UnlockKey() {
  const { identity } = useWorkbench();
  const state = useStore(identity);
  const job = useJob(identityUnlock);
  const [passphrase, setPassphrase] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const opened = await job.run({ passphrase });
    setPassphrase('');
    if (opened !== undefined) identity.set(opened);
  };
  return (
    <form className="stack" onSubmit={submit}>
      <p>
        <strong>
          <RawText text={state?.name ?? ''} />
        </strong>
        . {t('identity.locked')}
      </p>
      {job.error === undefined ? undefined : <Failure error={job.error} />}
      <TextField
        label={t('identity.passphrase')}
        type="password"
        autoComplete="current-password"
        value={passphrase}
        onChange={(event) => setPassphrase(event.target.value)}
      />
      <div className="row end">
        <Button kind="primary" icon="unlock" type="submit" disabled={job.running || passphrase === ''}>
          {t('identity.unlock')}
        </Button>
      </div>
    </form>
  );
}

function UnlockedKey() {
  const { identity } = useWorkbench();
  const state = useStore(identity);
  const job = useJob(identityLock);
  return (
    <div className="stack">
      <p>{t('identity.unlocked')}</p>
      <dl className="facts">
        <dt>{t('identity.name')}</dt>
        <dd>
          <RawText text={state?.name ?? ''} />
        </dd>
        <dt>{t('identity.organisation')}</dt>
        <dd>
          <RawText text={state?.organisation || '–'} />
        </dd>
        <dt>{t('identity.fingerprint')}</dt>
        <dd>
          <Digest value={state?.fingerprint ?? ''} name={t('identity.fingerprint')} />
        </dd>
      </dl>
      {job.error === undefined ? undefined : <Failure error={job.error} />}
      <div className="row end">
        <Button
          icon="lock"
          onClick={async () => {
            const locked = await job.run({});
            if (locked) identity.set(locked);
          }}
        >
          {t('identity.lock')}
        </Button>
      </div>
    </div>
  );
}
