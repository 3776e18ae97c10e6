import { FIELDS } from '@dbwitness/shared/events/fields.ts';
import { eventsDetail, eventsFields, eventsLocate, eventsPage, eventsView } from '../../host/events.ts';
import type { Finding } from '../../host/findings.ts';
import { handler } from '../handler.ts';
import { eventDetail, type Remarks } from '../query/detail.ts';
import { locate, viewPage } from '../query/pages.ts';

export const eventHandlers = [
  handler(eventsView, (context, { filter, sort }, { signal }) =>
    context.open().views.open(filter, sort, signal),
  ),

  handler(eventsPage, (context, { view, from, count, fields }, { signal }) => {
    const { store, views } = context.open();
    return viewPage(store.database, views.get(view), from, count, fields, signal);
  }),

  handler(eventsLocate, (context, { view, ...wanted }, { signal }) => {
    const { store, views } = context.open();
    return locate(store.database, views.get(view), wanted, signal);
  }),

  handler(eventsDetail, async (context, { event }, { signal }) => {
    const { store, notes } = context.open();
    return eventDetail(store, event, remarksOn(event, await notes.findings()), signal);
  }),

  handler(eventsFields, async () => FIELDS.map(({ name, type, meaning }) => ({ name, type, meaning }))),
] as const;

/** What the findings that cite an event say, with the notes and tags that people gave them. */
function remarksOn(event: string, findings: readonly Finding[]): Remarks {
  const citing = findings.filter((finding) => finding.events.includes(event));
  return {
    findings: citing.map(({ id, rule, title, level }) => ({ id, rule, title, level })),
    notes: citing.flatMap((finding) => finding.notes.map(({ id, at, text }) => ({ id, at, text }))),
    tags: [...new Set(citing.flatMap((finding) => finding.userTags))],
  };
}
