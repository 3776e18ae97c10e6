import type { DocumentCheck } from '../../check.ts';
import { logSourceOf } from '../../log-source.ts';

export const sigmahqCategoryEventId: DocumentCheck = {
  id: 'sigmahq_category_event_id',
  origin: 'sigmahq',
  severity: 'warning',
  about: 'an event id stands beside a Windows category that implies it',
  help: 'The category covers several products, whose event ids differ: asking for one loses the others.',
  examples: {
    invalid: [
      {
        rule: `logsource: {product: windows, category: process_creation}
detection:
  selection:
    EventID: 4688
    Image: x
  condition: selection`,
        marks: ['EventID'],
      },
    ],
    valid: [
      `logsource: {product: windows, category: process_creation}
detection:
  selection:
    Image: x
  condition: selection`,
    ],
  },
  check(document, report, { knowledge: { taxonomy } }) {
    const source = logSourceOf(document);
    if (source?.product !== 'windows' || !taxonomy.categoriesWithEventId.has(source.category)) return;
    for (const { field, keySpan } of document.items)
      if (field === 'EventID') report(keySpan, `The category ${source.category} implies the event id.`);
  },
};
