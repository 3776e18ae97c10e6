import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import type { HostError, Progress } from '../../host/request.ts';
import { formatBytes, formatCount, formatShare } from '../format/quantity.ts';
import { t } from '../text/message.ts';
import { Button } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';
import { RawText } from './raw-text.tsx';

/** Nothing is here yet: what this place is for and how to fill it. */
export function Empty({
  icon,
  title,
  text,
  children,
}: {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className="empty">
      <Icon name={icon} />
      <h2>{title}</h2>
      <p>{text}</p>
      {children === undefined ? undefined : <div className="row">{children}</div>}
    </div>
  );
}

/** A request failed: what was wrong, where, what to do, and the stable code to look it up. */
export function Failure({ error, onRetry }: { readonly error: HostError; readonly onRetry?: () => void }) {
  const place = [
    error.at?.file,
    error.at?.line === undefined ? undefined : t('error.line', { line: String(error.at.line) }),
    error.at?.byte === undefined ? undefined : t('error.byte', { byte: String(error.at.byte) }),
  ].filter((one) => one !== undefined);
  return (
    <div className="notice danger" role="alert">
      <Icon name="error" />
      <div className="stack tight">
        <p>
          <strong>
            <RawText text={error.message} lines />
          </strong>
        </p>
        {place.length > 0 ? (
          <p className="small">
            {t('error.where')}{' '}
            <span className="mono">
              <RawText text={place.join(', ')} />
            </span>
          </p>
        ) : undefined}
        {error.next === undefined ? undefined : (
          <p>
            <RawText text={error.next} lines />
          </p>
        )}
        <div className="row">
          {onRetry === undefined ? undefined : (
            <Button size="small" onClick={onRetry}>
              {t('error.retry')}
            </Button>
          )}
          <code className="soft small">{error.code}</code>
        </div>
      </div>
    </div>
  );
}

/** Shown only when the answer takes longer than people notice. */
export function Loading({
  label = t('state.loading'),
  progress,
}: {
  readonly label?: string;
  readonly progress?: Progress | undefined;
}) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 200);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="empty" role="status" data-loading="">
      {late && progress !== undefined ? (
        <div className="loading-meter">
          <ProgressLine progress={progress} label={progress.phase} />
        </div>
      ) : undefined}
      {late && progress === undefined ? (
        <>
          <div className="meter unknown loading-meter">
            <span />
          </div>
          <p>{label}</p>
        </>
      ) : undefined}
    </div>
  );
}

export function Notice({
  kind,
  children,
}: {
  readonly kind: 'ok' | 'warn' | 'danger' | 'info';
  readonly children: ReactNode;
}) {
  const icon = ({ ok: 'check', warn: 'warning', danger: 'error', info: 'info' } as const)[kind];
  return (
    <div className={`notice ${kind}`}>
      <Icon name={icon} />
      <div className="stack tight">{children}</div>
    </div>
  );
}

/** A long act under way, with how far it is. */
export function ProgressLine({
  progress,
  label,
  onCancel,
}: {
  readonly progress: Progress | undefined;
  readonly label: string;
  readonly onCancel?: () => void;
}) {
  const known = progress !== undefined && progress.total > 0;
  const share = known ? Math.min(1, progress.done / progress.total) : 0;
  const amount =
    progress === undefined
      ? ''
      : progress.unit === 'bytes'
        ? formatBytes(progress.done)
        : formatCount(progress.done);
  const total = !known
    ? ''
    : progress.unit === 'bytes'
      ? formatBytes(progress.total)
      : formatCount(progress.total);
  const text = known ? t('progress.of', { done: amount, total, share: formatShare(share) }) : amount;
  return (
    <div className="stack tight" role="group" aria-label={label}>
      <div className="row apart">
        <span>
          {label}
          {progress?.subject === undefined ? '' : ': '}
          {progress?.subject === undefined ? undefined : <RawText text={progress.subject} />}
        </span>
        <span className="row">
          <span className="soft small">{text}</span>
          {onCancel === undefined ? undefined : (
            <Button size="small" onClick={onCancel}>
              {t('act.cancel')}
            </Button>
          )}
        </span>
      </div>
      <Meter share={known ? share : undefined} label={label} text={text} />
    </div>
  );
}

export function Meter({
  share,
  label,
  text,
}: {
  readonly share: number | undefined;
  readonly label: string;
  readonly text?: string;
}) {
  return (
    <div
      className={share === undefined ? 'meter unknown' : 'meter'}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(share === undefined ? {} : { 'aria-valuenow': Math.round(share * 100) })}
      {...(text ? { 'aria-valuetext': text } : {})}
    >
      <span style={share === undefined ? undefined : { width: `${share * 100}%` }} />
    </div>
  );
}
