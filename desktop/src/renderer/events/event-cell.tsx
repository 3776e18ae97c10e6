import type { EventRow } from '../../host/events.ts';
import { parseMicroseconds, timeParts } from '../format/time.ts';
import { Icon } from '../widgets/icon.tsx';
import { RawText } from '../widgets/raw-text.tsx';
import { classToken } from './class-colour.ts';

/** Longest text a cell draws; the whole value is in the detail. */
const LIMIT = 240;

/** One value of an event as a cell shows it. */
export function EventCell({
  row,
  field,
  zone,
}: {
  readonly row: EventRow;
  readonly field: string;
  readonly zone: string;
}) {
  // A log line without a statement says what it has to say in its message.
  const value = row[field] ?? (field === 'statement' ? row.message : undefined);
  if (value === undefined) return null;
  if (typeof value !== 'string')
    return (
      <span>
        {value.map((one) => (
          <span key={one} className="flag">
            <RawText text={one} />
          </span>
        ))}
      </span>
    );
  if (field === 'time') {
    const us = parseMicroseconds(value);
    if (us === undefined) return <RawText text={value} />;
    const { date, clock } = timeParts(us, zone);
    return (
      <span className="cell-time">
        <span className="soft">{date}</span> {clock}
      </span>
    );
  }
  if (field === 'class')
    return (
      <>
        <span className="swatch" style={{ background: `var(${classToken(value)})` }} />
        <span>{value}</span>
      </>
    );
  if (field === 'result')
    return value === 'failure' ? (
      <>
        <Icon name="close" />
        <span className="cell-failure">{value}</span>
      </>
    ) : (
      <span className="soft">{value}</span>
    );
  const mono = field === 'statement' || field === 'object' || field === 'message' || field === 'fingerprint';
  return (
    <span className={mono ? 'mono' : ''}>
      <RawText text={value} limit={LIMIT} />
    </span>
  );
}
