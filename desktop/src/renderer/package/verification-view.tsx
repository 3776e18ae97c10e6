import { Fragment, type ReactNode } from 'react';
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
const CHECK_COUNTS: ReadonlySet<string> = new Set(['pass', 'fail', 'warn', 'notChecked']);
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
export function VerificationView({
  verification,
  children,
}: {
  readonly verification: Verification;
  /** What to do now that the verdict is known; stands before the checks. */
  readonly children?: ReactNode;
}) {
  const { exit, verdict, checks, signers, counts } = verification;
  const kind = VERDICT[exit];
  return (
    <div className="verification">
      <div className={`verdict ${kind}`}>
        <Icon name={kind === 'ok' ? 'check' : kind === 'warn' ? 'warning' : 'error'} />
        <div>
          <p className="verdict-title">{t(`verdict.${exit}`)}</p>
          <p>{t(`verdict.${exit}.why`)}</p>
          <code className="soft small">
            <RawText text={verdict} />
          </code>
        </div>
      </div>
      {children}
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
              {sameDetail(own).map((alike) => (
                <CheckLine key={`${alike[0].id} ${alike[0].target}`} alike={alike} />
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
                {one.name === undefined ? undefined : (
                  <strong>
                    <RawText text={one.name} />
                  </strong>
                )}
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
            // How many checks passed or failed stands above, over each list.
            .filter(([name]) => !CHECK_COUNTS.has(name))
            .map(([name, count]) => `${formatCount(count)} ${name}`)
            .join(', ')}
        </p>
      )}
    </div>
  );
}

/** One line for checks that say the same; there may be many of them. */
function CheckLine({ alike }: { readonly alike: readonly [Check, ...Check[]] }) {
  const [first] = alike;
  return (
    <li>
      <p className="check-detail">
        <RawText text={first.detail} />
      </p>
      {alike.map((check) => (
        <Fragment key={`${check.id} ${check.target}`}>
          <p className="soft small">
            <code>
              <RawText text={check.id} />
            </code>
            {check.target === '' ? undefined : (
              <>
                {' · '}
                <RawText text={check.target} />
              </>
            )}
          </p>
          {check.expected === undefined && check.actual === undefined ? undefined : (
            <dl className="facts small mono">
              <dt>{t('verify.expected')}</dt>
              <dd>
                <RawText text={check.expected ?? '–'} />
              </dd>
              <dt>{t('verify.actual')}</dt>
              <dd>
                <RawText text={check.actual ?? '–'} />
              </dd>
            </dl>
          )}
        </Fragment>
      ))}
    </li>
  );
}

/** Checks in groups that say the same, in the order in which they first appear. */
function sameDetail(checks: readonly Check[]): readonly (readonly [Check, ...Check[]])[] {
  const groups = new Map<string, [Check, ...Check[]]>();
  for (const check of checks) {
    const group = groups.get(check.detail);
    if (group === undefined) groups.set(check.detail, [check]);
    else group.push(check);
  }
  return [...groups.values()];
}
