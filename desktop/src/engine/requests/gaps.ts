import { timelineGaps, timelineSources } from '../../host/timeline.ts';
import { handler } from '../handler.ts';

export const gapHandlers = [
  handler(timelineGaps, async (context, { source }) => {
    const gaps = await context.open().analysis.gaps();
    return source === undefined ? gaps : gaps.filter((gap) => gap.source === source);
  }),

  handler(timelineSources, (context) => context.open().analysis.sources()),
] as const;
