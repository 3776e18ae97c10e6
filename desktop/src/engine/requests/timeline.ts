import { timelineFacets, timelineHistogram } from '../../host/timeline.ts';
import { handler } from '../handler.ts';
import { facets } from '../query/facets.ts';
import { histogram } from '../query/histogram.ts';

export const timelineHandlers = [
  handler(timelineHistogram, (context, { filter, bins, split }, { signal }) => {
    const { store, views } = context.open();
    return histogram(store, views.sets, filter, bins, split, signal);
  }),

  handler(timelineFacets, (context, { filter, fields, limit }, { signal }) => {
    const { store, views } = context.open();
    return facets(store, views.sets, filter, fields, limit, signal);
  }),
] as const;
