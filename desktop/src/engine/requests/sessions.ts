import type { CallOptions } from '../../host/request.ts';
import { sessionsDetail, sessionsList, sessionsOfEvent } from '../../host/sessions.ts';
import { listSessions, sessionDetail, sessionOfEvent } from '../analysis/sessions.ts';
import type { EngineContext } from '../context.ts';
import { EngineError } from '../engine-error.ts';
import { handler } from '../handler.ts';

export const sessionHandlers = [
  handler(sessionsList, async (context, { filter, offset, limit }, options) => {
    const { published, session } = await parts(context, options);
    return listSessions(published, session, filter, { offset, limit }, options.signal);
  }),
  handler(sessionsOfEvent, async (context, { event }, options) => {
    const { published } = await context.open().analysis.sessions(options);
    return sessionOfEvent(published, event, options.signal);
  }),
  handler(sessionsDetail, async (context, { id, limit }, options) => {
    const { published, session } = await parts(context, options);
    const found = await sessionDetail(published, session, id, limit, options.signal);
    if (found !== undefined) return found;
    throw new EngineError('session/unknown', 'This case has no such session.', {
      next: 'Open the list of sessions again.',
    });
  }),
] as const;

async function parts(context: EngineContext, options: CallOptions) {
  const { analysis, notes } = context.open();
  const { published, context: known } = await analysis.sessions(options);
  const cited = [...new Set((await notes.findings()).flatMap((finding) => finding.events))];
  return { published, session: { ...known, cited } };
}
