import { formatBytes, formatCount, formatShare } from '../format/quantity.ts';
import { formatDuration } from '../format/time.ts';
import { t } from '../text/message.ts';
import { Button } from '../widgets/button.tsx';
import { RawText } from '../widgets/raw-text.tsx';
import { Meter } from '../widgets/states.tsx';
import type { FileProgress } from './import-progress.ts';
import type { Staged } from './staging.ts';

/** Every file of the import with its own bar, rate and time left. */
export function ImportRunning({
  staged,
  files,
  step,
  onCancel,
}: {
  readonly staged: readonly Staged[];
  readonly files: ReadonlyMap<string, FileProgress>;
  /** A step of the whole import, such as putting all events in order. */
  readonly step: string | undefined;
  readonly onCancel: () => void;
}) {
  return (
    <section className="panel" aria-label={t('evidence.importing')}>
      <div className="panel-head">
        <h2>
          {t('evidence.importing')}
          {step === undefined ? undefined : <span className="soft">, {step}</span>}
        </h2>
        <Button onClick={onCancel}>{t('act.cancel')}</Button>
      </div>
      <ul className="import-list">
        {staged.map(({ file }) => {
          const progress = files.get(file.id) ?? files.get(file.name);
          return (
            <li key={file.id} className="stack tight">
              <div className="row apart">
                <strong>
                  <RawText text={file.name} />
                </strong>
                <span className="soft small">
                  {progress === undefined ? t('evidence.progress.waiting') : describe(progress)}
                </span>
              </div>
              <Meter
                share={
                  progress === undefined ? 0 : progress.total > 0 ? progress.done / progress.total : undefined
                }
                label={file.name}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function describe({ phase, done, total, unit, rate, left }: FileProgress): string {
  const amount = unit === 'bytes' ? formatBytes : formatCount;
  const parts = [
    phase,
    total > 0
      ? t('progress.of', {
          done: amount(done),
          total: amount(total),
          share: formatShare(Math.min(1, done / total)),
        })
      : amount(done),
    rate === undefined ? '' : t('evidence.progress.rate', { rate: amount(Math.round(rate)) }),
    left === undefined || left < 1
      ? ''
      : t('evidence.progress.left', { time: formatDuration(Math.round(left) * 1_000_000) }),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}
