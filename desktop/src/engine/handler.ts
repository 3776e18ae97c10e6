import type { CallOptions, RequestType } from '../host/request.ts';
import type { EngineContext } from './context.ts';
import { EngineError } from './engine-error.ts';

/** One request that the engine answers. */
export interface Handler {
  readonly method: string;
  readonly effect: 'read' | 'write';
  /** Checks the parameters against the request's schema and answers. */
  answer(context: EngineContext, params: unknown, options: CallOptions): Promise<unknown>;
}

/** Binds a declared request to the function that answers it; the types of both sides are held together here. */
export function handler<P, R>(
  type: RequestType<P, R>,
  answer: (context: EngineContext, params: P, options: CallOptions) => Promise<R>,
): Handler {
  return {
    method: type.method,
    effect: type.effect,
    async answer(context, params, options) {
      const parsed = type.params.safeParse(params ?? {});
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        const where = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`;
        throw new EngineError(
          'request/params',
          `${type.method} was asked with wrong parameters${where}: ${issue?.message ?? 'unknown'}.`,
        );
      }
      // A package is opened to be looked at. Making another case leaves it, and changes nothing in it.
      if (
        type.effect === 'write' &&
        type.method !== 'cases/create' &&
        context.current()?.store.shown !== undefined
      )
        throw new EngineError('case/read-only', 'A sealed package is open: nothing in it can be changed.', {
          next: 'Close it, and open a case.',
        });
      return answer(context, parsed.data, options);
    },
  };
}
