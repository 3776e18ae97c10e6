import { Fragment, useMemo, useState } from 'react';
import { NO_FILTER } from '../../host/filter.ts';
import { type SessionDetail, sessionsDetail } from '../../host/sessions.ts';
import { addValue, withRange } from '../filter/filter.ts';
import { formatDuration, timeParts } from '../format/time.ts';
import { useStore } from '../state/store.ts';
import { useRequest } from '../state/use-request.ts';
import { useWorkbench } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { Button } from '../widgets/button.tsx';
import { Icon } from '../widgets/icon.tsx';
import { RawText } from '../widgets/raw-text.tsx';
import { Failure, Loading, Notice } from '../widgets/states.tsx';
import { TimeText } from '../widgets/time-text.tsx';

const STEPS = [500, 2000, 5000] as const;

/** One session in order, with what is missing where it is missing. */
export function SessionPane({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const [limit, setLimit] = useState<number>(STEPS[0]);
  const asked = useRequest(
    sessionsDetail,
    useMemo(() => ({ id, limit }), [id, limit]),
  );
  const session = asked.value;
  return (
    <aside
      className="detail"
      aria-label={t('sessions.detail', { id })}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <div className="detail-head">
        <h2>{t('sessions.detail', { id: session?.session ?? id })}</h2>
        <Button size="small" kind="quiet" icon="close" label={t('detail.close')} onClick={onClose} />
      </div>
      <div className="detail-body">
        {asked.error === undefined ? undefined : <Failure error={asked.error} onRetry={asked.reload} />}
        {session === undefined && asked.loading ? <Loading /> : undefined}
        {session === undefined ? undefined : <Session session={session} />}
        {session?.truncatedAt === undefined ? undefined : (
          <div className="row">
            <span className="soft">{t('sessions.detail.cut', { n: session.truncatedAt })}</span>
            <Button
              size="small"
              disabled={limit >= STEPS[2]}
              onClick={() => setLimit(STEPS.find((step) => step > limit) ?? STEPS[2])}
            >
              {t('sessions.detail.more')}
            </Button>
          </div>
        )}
      </div>
    </aside>
  );
}

function Session({ session }: { readonly session: SessionDetail }) {
  const { filter, route, preferences } = useWorkbench();
  const { zone } = useStore(preferences);
  const show = () => {
    filter.change(withRange(addValue(NO_FILTER, 'session', session.session), undefined, undefined));
    route.set({ screen: 'timeline' });
  };
  return (
    <>
      <dl className="facts">
        <dt>{t('sessions.user')}</dt>
        <dd>
          <RawText text={session.user ?? t('sessions.user.none')} />
        </dd>
        <dt>{t('sessions.client')}</dt>
        <dd>
          <RawText text={session.client ?? '–'} />{' '}
          <span className="soft">
            <RawText text={session.application ?? ''} />
          </span>
        </dd>
        <dt>{t('sessions.source')}</dt>
        <dd>
          <RawText text={session.source} />
          {session.database === undefined ? undefined : (
            <>
              , <RawText text={session.database} />
            </>
          )}
        </dd>
        <dt>{t('sessions.detail.start')}</dt>
        <dd>
          <TimeText at={session.from} /> <span className="soft">{session.start}</span>
        </dd>
        <dt>{t('sessions.detail.end')}</dt>
        <dd>
          <TimeText at={session.to} />{' '}
          <span className="soft">
            {session.end}, {formatDuration(session.to - session.from)}
          </span>
        </dd>
        <dt>{t('sessions.detail.basis')}</dt>
        <dd>{session.basis}</dd>
      </dl>
      {session.uncertain === undefined ? undefined : (
        <Notice kind="warn">
          <p>
            <strong>{t('sessions.detail.uncertain')}.</strong> {session.uncertain}
          </p>
        </Notice>
      )}
      <div className="row">
        <Button size="small" icon="timeline" onClick={show}>
          {t('sessions.detail.filter')}
        </Button>
      </div>
      <section className="stack tight">
        <h3>{t('sessions.detail.record', { zone })}</h3>
        <ol className="session-record">
          {session.timeline.map((entry, index) => (
            <Fragment key={entry.event}>
              {dayOf(entry, zone) === dayOf(session.timeline[index - 1], zone) ? undefined : (
                <li className="session-day">{dayOf(entry, zone)}</li>
              )}
              {entry.hole === undefined ? undefined : (
                <li className="session-hole">
                  <Icon name="gap" />
                  <span>
                    <strong>{t('sessions.detail.missing', { n: entry.hole.missing })}.</strong>{' '}
                    <RawText text={entry.hole.what} />
                  </span>
                </li>
              )}
              <li>
                <Entry entry={entry} zone={zone} />
              </li>
            </Fragment>
          ))}
        </ol>
      </section>
    </>
  );
}

function dayOf(entry: SessionDetail['timeline'][number] | undefined, zone: string): string | undefined {
  return entry === undefined ? undefined : timeParts(entry.time, zone).date;
}

function Entry({
  entry,
  zone,
}: {
  readonly entry: SessionDetail['timeline'][number];
  readonly zone: string;
}) {
  const { route } = useWorkbench();
  const text = entry.statement ?? entry.message;
  return (
    <button
      type="button"
      className="session-entry"
      aria-label={`${entry.action} ${t('sessions.detail.open', { id: entry.event })}`}
      onClick={() => route.set({ screen: 'timeline', item: entry.event })}
    >
      <span className="session-clock">{timeParts(entry.time, zone, 'millisecond').clock}</span>
      <span className="session-what">
        <strong>{entry.action}</strong>{' '}
        {entry.object === undefined ? undefined : (
          <span className="mono">
            <RawText text={entry.object} />
          </span>
        )}
        {entry.rows === undefined ? undefined : (
          <span className="soft"> · {t('sessions.detail.rows', { n: entry.rows })}</span>
        )}
        {entry.result === 'failure' ? <span className="session-failure"> · {entry.result}</span> : undefined}
        {text === undefined ? undefined : (
          <span className="session-text mono">
            <RawText text={text} limit={300} />
          </span>
        )}
      </span>
    </button>
  );
}
