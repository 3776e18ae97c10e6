import {
  type CancellationToken,
  CancellationTokenSource,
  createMessageConnection,
  type MessageConnection,
  ProgressType,
  ResponseError,
} from 'vscode-jsonrpc';
import { type Channel, messagesOver } from './channel.ts';
import type { CallOptions, HostCapabilities, HostError, Progress, RequestType } from './request.ts';

/** Rises when a front end and an engine of different builds could no longer understand each other. */
export const PROTOCOL_VERSION = 1;

/** JSON-RPC error code under which a `HostError` travels in `data`. */
const HOST_ERROR = -32000;
const CANCELLED = -32800;

export type Handle = (method: string, params: unknown, options: CallOptions) => Promise<unknown>;

/** A request that failed, as the front end sees it. */
export class RequestFailure extends Error {
  readonly error: HostError;
  constructor(error: HostError) {
    super(error.message);
    this.name = 'RequestFailure';
    this.error = error;
  }
}

interface Envelope {
  readonly params: unknown;
  readonly progress?: number;
}

const progressType = new ProgressType<Progress>();
const HELLO = 'host/hello';

/** Answers requests that arrive on `channel` with `handle`. Cancellation becomes an AbortSignal, progress a notification. */
export function serve(channel: Channel, handle: Handle, capabilities: HostCapabilities): MessageConnection {
  const { reader, writer } = messagesOver(channel);
  const connection = createMessageConnection(reader, writer);
  connection.onRequest(HELLO, () => ({ protocol: PROTOCOL_VERSION, capabilities }));
  connection.onRequest(async (method: string, body: unknown, token: CancellationToken) => {
    const { params, progress } = (body ?? {}) as Envelope;
    const abort = new AbortController();
    // A request that was cancelled while it waited arrives with a token that no longer fires.
    if (token.isCancellationRequested) return new ResponseError(CANCELLED, 'cancelled');
    const cancelled = token.onCancellationRequested(() => abort.abort());
    try {
      const result = await handle(method, params, {
        signal: abort.signal,
        ...(progress === undefined
          ? {}
          : { onProgress: throttled((p) => void connection.sendProgress(progressType, progress, p)) }),
      });
      return result ?? null;
    } catch (error) {
      if (abort.signal.aborted) return new ResponseError(CANCELLED, 'cancelled');
      return new ResponseError(HOST_ERROR, 'failed', hostError(error));
    } finally {
      cancelled.dispose();
    }
  });
  connection.listen();
  return connection;
}

export interface RpcClient {
  readonly capabilities: HostCapabilities;
  request<P, R>(type: RequestType<P, R>, params: P, options?: CallOptions): Promise<R>;
  close(): void;
}

/** Speaks to the engine at the other end of `channel`. Rejects with `RequestFailure`; an aborted signal rejects with AbortError. */
export async function connect(channel: Channel, onClose: () => void): Promise<RpcClient> {
  const { reader, writer } = messagesOver(channel);
  const connection = createMessageConnection(reader, writer);
  connection.onClose(onClose);
  connection.listen();
  const hello = await connection.sendRequest<{ protocol: number; capabilities: HostCapabilities }>(HELLO);
  if (hello.protocol !== PROTOCOL_VERSION) {
    connection.dispose();
    throw new RequestFailure({
      code: 'host/version',
      message: `This page speaks protocol ${PROTOCOL_VERSION}, the engine ${hello.protocol}.`,
      next: 'Reload the page; if that does not help, start DB Witness again.',
    });
  }
  let nextToken = 1;
  return {
    capabilities: hello.capabilities,
    close: () => connection.dispose(),
    async request<P, R>(type: RequestType<P, R>, params: P, options: CallOptions = {}): Promise<R> {
      const { signal, onProgress } = options;
      signal?.throwIfAborted();
      const source = new CancellationTokenSource();
      const abort = () => source.cancel();
      signal?.addEventListener('abort', abort, { once: true });
      const progress = onProgress === undefined ? undefined : nextToken++;
      const listening =
        progress === undefined || onProgress === undefined
          ? undefined
          : connection.onProgress(progressType, progress, onProgress);
      try {
        const body: Envelope = { params, ...(progress === undefined ? {} : { progress }) };
        const result = await connection.sendRequest<R | null>(type.method, body, source.token);
        return (result ?? undefined) as R;
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof ResponseError && error.code === HOST_ERROR)
          throw new RequestFailure(error.data as HostError);
        throw error;
      } finally {
        signal?.removeEventListener('abort', abort);
        listening?.dispose();
        source.dispose();
      }
    },
  };
}

/** Whatever was thrown, as the error that people see: engines throw objects that carry a `HostError`. */
export function hostError(thrown: unknown): HostError {
  if (thrown instanceof RequestFailure) return thrown.error;
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'message' in thrown) {
    const { code, message, next, at } = thrown as HostError;
    if (typeof code === 'string' && code.includes('/')) {
      return { code, message, ...(next === undefined ? {} : { next }), ...(at === undefined ? {} : { at }) };
    }
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    code: 'internal/unexpected',
    message,
    next: 'This is a fault of DB Witness: please report it with this text.',
  };
}

/** At most ten progress messages a second; the last one is always sent. */
function throttled(send: (progress: Progress) => void): (progress: Progress) => void {
  let sentAt = 0;
  return (progress) => {
    const now = performance.now();
    const last = progress.total > 0 && progress.done >= progress.total;
    if (!last && now - sentAt < 100) return;
    sentAt = now;
    send(progress);
  };
}
