import { timelineGaps, timelineSources } from '../../host/timeline.ts';
import { handler } from '../handler.ts';

export const gapHandlers = [
  handler(timelineGaps, async (context, { source }, options) => {
    const gaps = await context.open().analysis.gaps(options);
    return source === undefined ? gaps : gaps.filter((gap) => gap.source === source);
  }),

  handler(timelineSources, (context, _, options) => context.open().analysis.sources(options)),
] as const;
