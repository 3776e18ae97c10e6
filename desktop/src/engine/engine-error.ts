import type { HostError } from '../host/request.ts';

/**
 * A request that cannot be done, for a reason that a person can act on. Carries the `HostError` that front ends show:
 * a stable namespaced code, a sentence, and where known the next step and the place in a file.
 */
export class EngineError extends Error implements HostError {
  readonly code: string;
  readonly next?: string;
  readonly at?: NonNullable<HostError['at']>;

  constructor(code: string, message: string, more: Pick<HostError, 'next' | 'at'> = {}) {
    super(message);
    this.name = 'EngineError';
    this.code = code;
    if (more.next !== undefined) this.next = more.next;
    if (more.at !== undefined) this.at = more.at;
  }
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The system's error code (`ENOENT`, `ENOSPC`, …) of anything that was thrown. */
export function systemCode(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}

/** Whether a disk was full: Node tells it by its code, DuckDB in words. */
export function isDiskFull(thrown: unknown): boolean {
  const code = systemCode(thrown);
  return (
    code === 'ENOSPC' ||
    code === 'EDQUOT' ||
    /No space left on device|Disk quota exceeded/.test(messageOf(thrown))
  );
}
