import type { DocumentCheck } from '../../check.ts';
import { headSpan } from '../../places.ts';

export const sigmahqModifiedDateOrder: DocumentCheck = {
  id: 'sigmahq_modified_date_order',
  origin: 'sigmahq',
  severity: 'warning',
  about: 'the rule was modified before it was written',
  help: '`modified` has to be later than `date`.',
  examples: {
    invalid: [{ rule: 'date: 2026-11-20\nmodified: 2025-11-21', marks: ['2025-11-21'] }],
    valid: ['date: 2026-11-20\nmodified: 2026-11-21'],
  },
  check(document, report) {
    const { date, modified } = document.rule;
    if (date !== undefined && modified !== undefined && modified < date)
      report(document.textOf('modified')?.span ?? headSpan(document), `The rule was written on ${date}.`);
  },
};
