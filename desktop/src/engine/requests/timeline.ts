import { timelineFacets, timelineHistogram } from '../../host/timeline.ts';
import { handler } from '../handler.ts';
import { facets } from '../query/facets.ts';
import { histogram } from '../query/histogram.ts';

export const timelineHandlers = [
  handler(timelineHistogram, (context, { filter, bins, split }, { signal }) => {
    return histogram(context.open().store, filter, bins, split, signal);
  }),

  handler(timelineFacets, (context, { filter, fields, limit }, { signal }) =>
    facets(context.open().store, filter, fields, limit, signal),
  ),
] as const;
