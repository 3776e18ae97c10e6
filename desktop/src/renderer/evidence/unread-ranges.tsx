import { useMemo, useState } from 'react';
import { evidenceBytes, evidenceRanges, type RejectedRange } from '../../host/evidence.ts';
import { useRequest } from '../state/use-request.ts';
import { t } from '../text/message.ts';
import { Badge } from '../widgets/badge.tsx';
import { decodeBase64, HexView } from '../widgets/hex-view.tsx';
import { RawText } from '../widgets/raw-text.tsx';
import { Failure, Loading } from '../widgets/states.tsx';

const PAGE = 200;
/** Longest piece shown at once; the engine gives at most 64 KiB a call. */
const LONGEST = 4096;

/** Stretches of an exhibit that gave no event, each with its reason and its bytes. */
export function UnreadRanges({ exhibit }: { readonly exhibit: string }) {
  const [limit, setLimit] = useState(PAGE);
  const asked = useRequest(
    evidenceRanges,
    useMemo(() => ({ exhibit, offset: 0, limit }), [exhibit, limit]),
  );
  if (asked.error !== undefined) return <Failure error={asked.error} onRetry={asked.reload} />;
  if (asked.value === undefined) return <Loading />;
  if (asked.value.length === 0) return undefined;
  return (
    <section className="panel" aria-label={t('evidence.unread')}>
      <div className="panel-head">
        <h3>{t('evidence.unread')}</h3>
      </div>
      <ul className="unread">
        {asked.value.map((range) => (
          <UnreadRange key={range.from} range={range} />
        ))}
      </ul>
      {asked.value.length === limit && limit < 1000 ? (
        <div className="panel-body">
          <button type="button" className="button small" onClick={() => setLimit(1000)}>
            …
          </button>
        </div>
      ) : undefined}
    </section>
  );
}

function UnreadRange({ range }: { readonly range: RejectedRange }) {
  const [open, setOpen] = useState(false);
  const asked = useRequest(
    evidenceBytes,
    useMemo(
      () =>
        open
          ? { exhibit: range.exhibit, from: range.from, to: Math.min(range.to, range.from + LONGEST) }
          : undefined,
      [open, range],
    ),
  );
  return (
    <li>
      <div className="row apart">
        <div className="row">
          <Badge kind={range.kind === 'rejected' ? 'warn' : 'plain'}>
            {t(`evidence.range.${range.kind}`)}
          </Badge>
          <RawText text={range.message} />
          <span className="soft small">
            {t('evidence.unread.place', { line: range.line, from: range.from, to: range.to })}
          </span>
        </div>
        <button type="button" className="button small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'evidence.unread.hide' : 'evidence.unread.show')}
        </button>
      </div>
      {asked.error === undefined ? undefined : <Failure error={asked.error} onRetry={asked.reload} />}
      {open && asked.value !== undefined ? (
        <HexView
          bytes={decodeBase64(asked.value.base64)}
          from={asked.value.from}
          label={t('evidence.unread.bytes', {
            from: asked.value.from,
            to: asked.value.to,
            exhibit: range.exhibit,
          })}
        />
      ) : undefined}
    </li>
  );
}
