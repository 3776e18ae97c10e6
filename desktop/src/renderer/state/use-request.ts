import { useCallback, useEffect, useRef, useState } from 'react';
import type { HostError, Progress, RequestType } from '../../host/request.ts';
import { isAbort, toHostError } from './host-error.ts';
import { useStore } from './store.ts';
import { useWorkbench } from './workbench.ts';

export interface Loaded<R> {
  /** The newest answer; while the next one is on its way, still the last. */
  readonly value?: R;
  readonly loading: boolean;
  readonly error?: HostError;
  /** How far the answer is, where the host tells. */
  readonly progress?: Progress;
  reload(): void;
}

/**
 * Asks whenever the parameters or the data version change; a newer question cancels the older one.
 * `params` undefined: nothing is asked.
 */
export function useRequest<P, R>(type: RequestType<P, R>, params: P | undefined): Loaded<R> {
  const { host, current } = useWorkbench();
  const version = useStore(current)?.dataVersion ?? -1;
  const [round, setRound] = useState(0);
  const [state, setState] = useState<Omit<Loaded<R>, 'reload'>>({ loading: params !== undefined });
  const key = params === undefined ? undefined : JSON.stringify(params);
  const latest = useRef(params);
  latest.current = params;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the parameters, version and round for asking again
  useEffect(() => {
    const asked = latest.current;
    if (asked === undefined) {
      setState({ loading: false });
      return;
    }
    const abort = new AbortController();
    setState((old) => ({ ...(old.value === undefined ? {} : { value: old.value }), loading: true }));
    const onProgress = (progress: Progress) =>
      abort.signal.aborted || setState((old) => (old.loading ? { ...old, progress } : old));
    host.request(type, asked, { signal: abort.signal, onProgress }).then(
      (value) => !abort.signal.aborted && setState({ value, loading: false }),
      (thrown) => {
        if (abort.signal.aborted || isAbort(thrown)) return;
        setState((old) => ({
          ...(old.value === undefined ? {} : { value: old.value }),
          loading: false,
          error: toHostError(thrown),
        }));
      },
    );
    return () => abort.abort();
  }, [host, type, key, version, round]);

  const reload = useCallback(() => setRound((old) => old + 1), []);
  return { ...state, reload };
}

export interface Job<P, R> {
  readonly running: boolean;
  readonly progress?: Progress;
  readonly error?: HostError;
  readonly cancelled: boolean;
  /** Resolves with the answer, or undefined when it failed or was cancelled. */
  run(params: P): Promise<R | undefined>;
  cancel(): void;
  clear(): void;
}

/** One act that a person starts, follows and can cancel. `onProgress` hears every message, also of other subjects. */
export function useJob<P, R>(type: RequestType<P, R>, onProgress?: (progress: Progress) => void): Job<P, R> {
  const { host } = useWorkbench();
  const [state, setState] = useState<{
    running: boolean;
    progress?: Progress;
    error?: HostError;
    cancelled: boolean;
  }>({
    running: false,
    cancelled: false,
  });
  const abort = useRef<AbortController>(undefined);
  const listener = useRef(onProgress);
  listener.current = onProgress;

  useEffect(() => () => abort.current?.abort(), []);

  const run = useCallback(
    async (params: P): Promise<R | undefined> => {
      abort.current?.abort();
      const own = new AbortController();
      abort.current = own;
      setState({ running: true, cancelled: false });
      try {
        const result = await host.request(type, params, {
          signal: own.signal,
          onProgress: (progress) => {
            if (own.signal.aborted) return;
            listener.current?.(progress);
            setState((old) => ({ ...old, progress }));
          },
        });
        setState({ running: false, cancelled: false });
        return result;
      } catch (thrown) {
        if (own.signal.aborted || isAbort(thrown)) {
          if (abort.current === own) setState({ running: false, cancelled: true });
        } else setState({ running: false, cancelled: false, error: toHostError(thrown) });
        return undefined;
      }
    },
    [host, type],
  );
  const cancel = useCallback(() => abort.current?.abort(), []);
  const clear = useCallback(() => setState({ running: false, cancelled: false }), []);
  return { ...state, run, cancel, clear };
}
