import { timelineFacets, timelineHistogram } from '../../host/timeline.ts';
import { handler } from '../handler.ts';
import { facets } from '../query/facets.ts';
import { histogram } from '../query/histogram.ts';

export const timelineHandlers = [
  handler(timelineHistogram, (context, { filter, bins, split }, { signal }) => {
    const { store } = context.open();
    return histogram(store.database, store.extent, filter, bins, split, signal);
  }),

  handler(timelineFacets, (context, { filter, fields, limit }, { signal }) =>
    facets(context.open().store.database, filter, fields, limit, signal),
  ),
] as const;
