import { formatTime, type Precision, parseMicroseconds } from '../format/time.ts';
import { useStore } from '../state/store.ts';
import { useWorkbench } from '../state/workbench.ts';

/** A time in the display zone, with its offset; the element carries UTC. `at` is µs UTC or ISO text. */
export function TimeText({
  at,
  precision = 'second',
}: {
  readonly at: number | string;
  readonly precision?: Precision;
}) {
  const { zone } = useStore(useWorkbench().preferences);
  const us = typeof at === 'number' ? at : parseMicroseconds(at);
  if (us === undefined) return <span>{at}</span>;
  return (
    <time className="nowrap" dateTime={new Date(Math.floor(us / 1000)).toISOString()}>
      {formatTime(us, zone, precision)}
    </time>
  );
}
