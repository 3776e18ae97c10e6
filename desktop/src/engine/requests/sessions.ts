import { sessionsDetail, sessionsList, sessionsOfEvent } from '../../host/sessions.ts';
import { listSessions, sessionDetail, sessionOfEvent } from '../analysis/sessions.ts';
import type { EngineContext } from '../context.ts';
import { EngineError } from '../engine-error.ts';
import { handler } from '../handler.ts';

export const sessionHandlers = [
  handler(sessionsList, async (context, { filter, offset, limit }, { signal }) => {
    const { published, session } = await parts(context);
    return listSessions(published, session, filter, { offset, limit }, signal);
  }),
  handler(sessionsOfEvent, async (context, { event }, { signal }) => {
    const { published } = await context.open().analysis.sessions();
    return sessionOfEvent(published, event, signal);
  }),
  handler(sessionsDetail, async (context, { id, limit }, { signal }) => {
    const { published, session } = await parts(context);
    const found = await sessionDetail(published, session, id, limit, signal);
    if (found !== undefined) return found;
    throw new EngineError('session/unknown', 'This case has no such session.', {
      next: 'Open the list of sessions again.',
    });
  }),
] as const;

async function parts(context: EngineContext) {
  const { analysis, notes } = context.open();
  const { published, context: known } = await analysis.sessions();
  const cited = [...new Set((await notes.findings()).flatMap((finding) => finding.events))];
  return { published, session: { ...known, cited } };
}
