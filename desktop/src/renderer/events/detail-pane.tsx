import { memo, useMemo, useState } from 'react';
import { type EventDetail, eventsDetail } from '../../host/events.ts';
import { addValue } from '../filter/filter.ts';
import { formatTime, parseMicroseconds } from '../format/time.ts';
import { useStore } from '../state/store.ts';
import { useRequest } from '../state/use-request.ts';
import { useWorkbench } from '../state/workbench.ts';
import { t } from '../text/message.ts';
import { Badge } from '../widgets/badge.tsx';
import { Button } from '../widgets/button.tsx';
import { useCopy } from '../widgets/copy-button.tsx';
import { decodeBase64, HexView } from '../widgets/hex-view.tsx';
import { RawText } from '../widgets/raw-text.tsx';
import { Failure, Loading } from '../widgets/states.tsx';
import { TextBlock } from '../widgets/text-block.tsx';
import { TimeText } from '../widgets/time-text.tsx';
import { classToken } from './class-colour.ts';
import { SessionLink } from './session-link.tsx';

/** One event whole: what it says, why it was read so, the bytes it stands on. */
export const DetailPane = memo(function DetailPane({
  event,
  onClose,
}: {
  readonly event: string;
  readonly onClose: () => void;
}) {
  const asked = useRequest(
    eventsDetail,
    useMemo(() => ({ event }), [event]),
  );
  const detail = asked.value;
  return (
    <aside
      className="detail"
      aria-label={t('detail.title', { id: event })}
      onKeyDown={(key) => {
        if (key.key === 'Escape') onClose();
      }}
    >
      <div className="detail-head">
        <h2>{t('detail.title', { id: event })}</h2>
        <Button size="small" kind="quiet" icon="close" label={t('detail.close')} onClick={onClose} />
      </div>
      <div className="detail-body">
        {asked.error === undefined ? undefined : <Failure error={asked.error} onRetry={asked.reload} />}
        {detail === undefined && asked.loading ? <Loading /> : undefined}
        {detail === undefined ? undefined : <Detail detail={detail} event={event} />}
      </div>
    </aside>
  );
});

function Detail({ detail, event }: { readonly detail: EventDetail; readonly event: string }) {
  const { filter, route, preferences } = useWorkbench();
  const { zone } = useStore(preferences);
  const copy = useCopy();
  const bytes = useMemo(() => decodeBase64(detail.raw.base64), [detail.raw.base64]);
  const raw = useMemo(() => decodeText(bytes), [bytes]);
  const [asHex, setAsHex] = useState(false);
  const { statement, raw: place } = detail;
  const time = detail.event.time;
  const us = typeof time === 'string' ? parseMicroseconds(time) : undefined;
  const className = typeof detail.event.class === 'string' ? detail.event.class : 'other';
  const citation = t('detail.citation', {
    id: event,
    exhibit: place.exhibit,
    line: String(place.line),
    from: String(place.from),
    to: String(place.to),
    time: us === undefined ? '' : formatTime(us, 'UTC'),
  });
  return (
    <>
      <div className="row">
        <span className="row nowrap">
          <span className="swatch" style={{ background: `var(${classToken(className)})` }} />
          <strong>{className}</strong>
        </span>
        {us === undefined ? undefined : <TimeText at={us} precision="microsecond" />}
      </div>
      {us !== undefined && zone !== 'UTC' ? <p className="soft small">{formatTime(us, 'UTC')}</p> : undefined}
      <div className="row">
        <Button size="small" icon="copy" onClick={() => copy(raw.text)}>
          {t('detail.copy.raw')}
        </Button>
        <Button size="small" onClick={() => copy(JSON.stringify(detail.event, undefined, 2))}>
          {t('detail.copy.json')}
        </Button>
        <Button size="small" onClick={() => copy(citation)}>
          {t('detail.copy.citation')}
        </Button>
        {detail.event.session === undefined ? undefined : <SessionLink event={event} />}
      </div>
      {detail.findings.length === 0 ? undefined : (
        <section className="stack tight">
          <h3>{t('detail.findings')}</h3>
          {detail.findings.map((one) => (
            <button
              key={one.id}
              type="button"
              className="finding-link"
              onClick={() => route.set({ screen: 'findings', item: one.id })}
            >
              <span className={`level ${one.level}`}>{one.level}</span> {one.title}
            </button>
          ))}
        </section>
      )}
      {statement === undefined ? undefined : (
        <section className="stack tight">
          <h3>{t('detail.statement')}</h3>
          <TextBlock text={statement.text} label={t('detail.statement')} />
          <p className="soft small">{t('detail.statement.uses', { n: statement.uses })}</p>
          {statement.objects.length === 0 ? undefined : (
            <table className="data-table compact">
              <caption className="hidden-text">{t('detail.objects')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('detail.objects')}</th>
                  <th scope="col">{t('detail.object.type')}</th>
                  <th scope="col">{t('detail.object.access')}</th>
                </tr>
              </thead>
              <tbody>
                {statement.objects.map((one) => (
                  <tr key={`${one.type} ${one.name} ${one.access}`}>
                    <td className="mono">
                      <RawText text={one.name} />
                    </td>
                    <td>{one.type}</td>
                    <td>{one.access}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {statement.columns.length === 0 ? undefined : (
            <p className="small">
              <span className="soft">{t('detail.columns')}:</span>{' '}
              <span className="mono">
                <RawText text={statement.columns.join(', ')} />
              </span>
            </p>
          )}
          <p className="small">
            <span className="soft">{t('detail.why')}:</span>{' '}
            {t('detail.why.text', {
              action: statement.action,
              parser: statement.parser,
              confidence: statement.confidence,
            })}
          </p>
          {statement.flags.length === 0 ? undefined : (
            <div className="row">
              {statement.flags.map((flag) => (
                <Badge key={flag} kind="warn">
                  {flag}
                </Badge>
              ))}
            </div>
          )}
        </section>
      )}
      <section className="stack tight">
        <div className="row apart">
          <h3>{t('detail.raw')}</h3>
          <div className="segmented" role="group" aria-label={t('detail.raw.view')}>
            <button
              type="button"
              className="button small"
              aria-pressed={!asHex}
              onClick={() => setAsHex(false)}
            >
              {t('detail.raw.text')}
            </button>
            <button
              type="button"
              className="button small"
              aria-pressed={asHex}
              onClick={() => setAsHex(true)}
            >
              {t('detail.raw.hex')}
            </button>
          </div>
        </div>
        {asHex ? (
          <HexView bytes={bytes} from={place.from} label={t('detail.raw')} />
        ) : (
          <TextBlock text={raw.text} label={t('detail.raw')} />
        )}
        {raw.exact ? undefined : <p className="small">{t('detail.raw.encoding')}</p>}
        <p className="small soft">
          {t('detail.raw.place', {
            exhibit: place.exhibit,
            line: place.line,
            from: place.from,
            to: place.to,
          })}
        </p>
        <p className="small">
          <span className="soft">{t('detail.proof')}:</span>{' '}
          {t(place.firstBlock === place.lastBlock ? 'detail.proof.one' : 'detail.proof.more', {
            first: place.firstBlock,
            last: place.lastBlock,
            exhibit: place.exhibit,
          })}
        </p>
      </section>
      <section className="stack tight">
        <h3>{t('detail.fields')}</h3>
        <dl className="field-list">
          {detail.fields
            .filter((field) => field.name !== 'statement' && field.name !== 'raw')
            .map(({ name, value, meaning }) => (
              <div key={name} className="field-line">
                <dt title={meaning}>{name}</dt>
                <dd>
                  <RawText text={value} />
                </dd>
                <dd className="field-tools">
                  <Button
                    size="small"
                    kind="quiet"
                    icon="filter"
                    label={t('filter.for', { field: name, value })}
                    onClick={() => filter.change(addAll(name, false))}
                  />
                  <Button
                    size="small"
                    kind="quiet"
                    icon="minus"
                    label={t('filter.out', { field: name, value })}
                    onClick={() => filter.change(addAll(name, true))}
                  />
                </dd>
              </div>
            ))}
        </dl>
      </section>
      {detail.notes.length === 0 ? undefined : (
        <section className="stack tight">
          <h3>{t('detail.notes')}</h3>
          {detail.notes.map((note) => (
            <p key={note.id}>
              <span className="soft small">
                <TimeText at={note.at} />
              </span>{' '}
              <RawText text={note.text} lines />
            </p>
          ))}
        </section>
      )}
    </>
  );

  function addAll(name: string, negated: boolean) {
    const value = detail.event[name];
    let next = filter.now.get();
    for (const one of value === undefined ? [] : typeof value === 'string' ? [value] : value)
      next = addValue(next, name, one, negated);
    return next;
  }
}

/** Bytes as text: UTF-8 where they are, else byte by byte, and the page says so. */
function decodeText(bytes: Uint8Array): { readonly text: string; readonly exact: boolean } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), exact: true };
  } catch {
    return { text: Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''), exact: false };
  }
}
