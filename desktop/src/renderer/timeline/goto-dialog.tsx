import { type FormEvent, useId, useState } from 'react';
import { parseMicroseconds } from '../format/time.ts';
import { t } from '../text/message.ts';
import { Button } from '../widgets/button.tsx';
import { Dialog } from '../widgets/dialog.tsx';
import { TextField } from '../widgets/field.tsx';

export function GotoDialog({
  onGo,
  onClose,
}: {
  readonly onGo: (time: number) => void;
  readonly onClose: () => void;
}) {
  const [text, setText] = useState('');
  const [bad, setBad] = useState(false);
  const formId = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const time = parseMicroseconds(/^\d{4}-\d\d-\d\d$/.test(text.trim()) ? `${text.trim()} 00:00` : text);
    if (time === undefined) setBad(true);
    else onGo(time);
  };
  return (
    <Dialog
      title={t('timeline.goto')}
      onClose={onClose}
      foot={
        <Button kind="primary" type="submit" form={formId}>
          {t('timeline.goto.go')}
        </Button>
      }
    >
      <form id={formId} onSubmit={submit}>
        <TextField
          label={t('timeline.goto.label')}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setBad(false);
          }}
          hint={t('timeline.goto.hint')}
          error={bad ? t('timeline.goto.bad') : undefined}
        />
      </form>
    </Dialog>
  );
}
