import type { RuleOutcome } from '../../host/findings.ts';
import { formatCount } from '../format/quantity.ts';
import { useStore } from '../state/store.ts';
import { useWorkbench } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { Button } from '../widgets/button.tsx';
import { RawText } from '../widgets/raw-text.tsx';
import { Notice } from '../widgets/states.tsx';

/** Which rules ran, and why the others did not: silence of a rule that could not run means nothing. */
export function RuleOutcomes({ rules }: { readonly rules: readonly RuleOutcome[] }) {
  const of = (status: RuleOutcome['status']) => rules.filter((rule) => rule.status === status);
  const { current, route } = useWorkbench();
  const open = useStore(current);
  // The reason of each rule names what it misses.
  const noEstate =
    open?.mode === 'examiner' &&
    open.estate === undefined &&
    of('skipped').some((rule) => rule.needs === 'estate');
  const [ran, skipped, failed] = [of('ran'), of('skipped'), of('failed')];
  return (
    <section className="rules" aria-label={t('findings.rules')}>
      <h2 className="queue-group">
        {t('findings.rules')}{' '}
        <span className="soft">
          {t('findings.rules.summary', { ran: ran.length, skipped: skipped.length, failed: failed.length })}
        </span>
      </h2>
      {noEstate ? (
        <Notice kind="warn">
          <p>{t('findings.rules.noEstate')}</p>
          <div className="row">
            <Button size="small" onClick={() => route.set({ screen: 'evidence' })}>
              {t('findings.rules.toEstate')}
            </Button>
          </div>
        </Notice>
      ) : undefined}
      {failed.length === 0 ? undefined : <Group title={t('findings.rules.failed')} rules={failed} open />}
      {skipped.length === 0 ? undefined : <Group title={t('findings.rules.skipped')} rules={skipped} open />}
      {ran.length === 0 ? undefined : <Group title={t('findings.rules.ran')} rules={ran} open={false} />}
    </section>
  );
}

function Group({
  title,
  rules,
  open,
}: {
  readonly title: string;
  readonly rules: readonly RuleOutcome[];
  readonly open: boolean;
}) {
  return (
    <details className="rule-group" open={open}>
      <summary>
        {title} ({formatCount(rules.length)})
      </summary>
      <ul>
        {rules.map((rule) => (
          <li key={rule.rule}>
            <span>
              <RawText text={rule.title} />
            </span>
            {rule.status === 'ran' ? (
              <span className="soft">
                {' '}
                · {formatCount(rule.matches)} · {formatCount(rule.ms)} ms
              </span>
            ) : undefined}
            {rule.reason === undefined ? undefined : (
              <p className="soft">
                <RawText text={rule.reason} />
              </p>
            )}
            {rule.notes?.map((note) => (
              <p key={note} className="soft">
                <RawText text={note} />
              </p>
            ))}
            {rule.absentFields.length === 0 || rule.reason !== undefined ? undefined : (
              <p className="soft">{t('findings.rules.absent', { fields: rule.absentFields.join(', ') })}</p>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
