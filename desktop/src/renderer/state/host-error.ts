import type { HostError } from '../../host/request.ts';

/** Whatever a request threw, as what people are told. Adapters throw errors that carry a `HostError` as `error`. */
export function toHostError(thrown: unknown): HostError {
  if (typeof thrown === 'object' && thrown !== null && 'error' in thrown && isHostError(thrown.error))
    return thrown.error;
  if (isHostError(thrown)) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'internal/unexpected', message };
}

/** The person or a newer request has ended this one: nothing to report. */
export function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'AbortError';
}

function isHostError(value: unknown): value is HostError {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    typeof value.code === 'string' &&
    'message' in value &&
    typeof value.message === 'string'
  );
}
