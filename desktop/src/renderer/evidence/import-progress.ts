import type { Progress } from '../../host/request.ts';

/** How one file of an import is getting on. */
export interface FileProgress {
  readonly phase: string;
  readonly done: number;
  readonly total: number;
  readonly unit: Progress['unit'];
  /** Units a second since the phase began, and seconds left at that rate; undefined before there is a rate. */
  readonly rate?: number;
  readonly left?: number;
  /** When the phase began, ms. */
  readonly since: number;
}

/** The next state of a file after a message about it. `now` in ms. */
export function advance(before: FileProgress | undefined, message: Progress, now: number): FileProgress {
  // `files` counts files of the whole import: for the one that it names, it means that it is through.
  if (message.unit === 'files') {
    const total = before?.total || 1;
    return { phase: 'done', done: total, total, unit: before?.unit ?? 'bytes', since: now };
  }
  const same = before !== undefined && before.phase === message.phase && message.done >= before.done;
  const since = same ? before.since : now;
  const seconds = (now - since) / 1000;
  const base = { phase: message.phase, done: message.done, total: message.total, unit: message.unit, since };
  if (!same || seconds <= 0 || message.done === 0) return base;
  const rate = message.done / seconds;
  return {
    ...base,
    rate,
    ...(message.total > 0 ? { left: Math.max(0, (message.total - message.done) / rate) } : {}),
  };
}
