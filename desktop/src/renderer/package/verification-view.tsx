import type { Check, Verification } from '../../host/report.ts';
import { formatCount } from '../format/quantity.ts';
import { type MessageKey, t } from '../text/message.ts';
import { Badge } from '../widgets/badge.tsx';
import { Digest } from '../widgets/digest.tsx';
import type { IconName } from '../widgets/icon.tsx';
import { Icon } from '../widgets/icon.tsx';
import { RawText } from '../widgets/raw-text.tsx';

const VERDICT: Readonly<Record<Verification['exit'], 'ok' | 'danger' | 'warn'>> = {
  0: 'ok',
  1: 'danger',
  2: 'danger',
  3: 'warn',
  4: 'danger',
};
const GROUPS: readonly {
  readonly status: Check['status'];
  readonly title: MessageKey;
  readonly icon: IconName;
  readonly open: boolean;
}[] = [
  { status: 'fail', title: 'verify.failed', icon: 'error', open: true },
  { status: 'warn', title: 'verify.warned', icon: 'warning', open: true },
  { status: 'not-checked', title: 'verify.notChecked', icon: 'question', open: true },
  { status: 'pass', title: 'verify.passed', icon: 'check', open: false },
];

/** What a verification found, in words: the verdict, what failed, what was not checked, and only then what passed. */
export function VerificationView({ verification }: { readonly verification: Verification }) {
  const { exit, verdict, checks, signers, counts } = verification;
  const kind = VERDICT[exit];
  return (
    <div className="verification">
      <div className={`verdict ${kind}`}>
        <Icon name={kind === 'ok' ? 'check' : kind === 'warn' ? 'warning' : 'error'} />
        <div>
          <p className="verdict-title">{t(`verdict.${exit}`)}</p>
          <p>
            <RawText text={verdict} />
          </p>
          {exit === 1 ? <p>{t('package.failed.hint')}</p> : undefined}
        </div>
      </div>
      {GROUPS.map(({ status, title, icon, open }) => {
        const own = checks.filter((check) => check.status === status);
        if (own.length === 0) return undefined;
        return (
          <details key={status} className={`checks ${status}`} open={open}>
            <summary>
              <Icon name={icon} />
              <strong>{t(title, { n: own.length })}</strong>
            </summary>
            {status === 'not-checked' ? (
              <p className="soft small checks-hint">{t('verify.notChecked.hint')}</p>
            ) : undefined}
            <ul>
              {own.map((check) => (
                <CheckLine key={`${check.id} ${check.target}`} check={check} />
              ))}
            </ul>
          </details>
        );
      })}
      {signers.length === 0 ? undefined : (
        <section className="stack tight">
          <h3>{t('verify.signers')}</h3>
          {signers.map((one) => (
            <div key={one.fingerprint} className="stack tight">
              <p className="row">
                <strong>
                  <RawText text={one.name ?? '–'} />
                </strong>
                <Badge kind={one.trusted ? 'ok' : 'warn'} icon={one.trusted ? 'check' : 'question'}>
                  {t(one.trusted ? 'verify.trusted' : 'verify.untrusted')}
                </Badge>
                <span className="soft">
                  <RawText text={one.why} />
                </span>
              </p>
              <Digest value={one.fingerprint} name={t('identity.fingerprint')} />
            </div>
          ))}
        </section>
      )}
      {Object.keys(counts).length === 0 ? undefined : (
        <p className="soft small">
          {t('verify.counts')}:{' '}
          {Object.entries(counts)
            .map(([name, count]) => `${formatCount(count)} ${name}`)
            .join(', ')}
        </p>
      )}
    </div>
  );
}

function CheckLine({ check }: { readonly check: Check }) {
  return (
    <li>
      <p>
        <RawText text={check.detail} />
      </p>
      <p className="soft small">
        <code>
          <RawText text={check.id} />
        </code>{' '}
        · <RawText text={check.target} />
      </p>
      {check.expected === undefined && check.actual === undefined ? undefined : (
        <dl className="facts small mono">
          {check.expected === undefined ? undefined : (
            <>
              <dt>{t('verify.expected')}</dt>
              <dd>
                <RawText text={check.expected} />
              </dd>
            </>
          )}
          {check.actual === undefined ? undefined : (
            <>
              <dt>{t('verify.actual')}</dt>
              <dd>
                <RawText text={check.actual} />
              </dd>
            </>
          )}
        </dl>
      )}
    </li>
  );
}
