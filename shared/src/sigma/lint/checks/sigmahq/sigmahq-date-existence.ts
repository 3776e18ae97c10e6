import type { DocumentCheck } from '../../check.ts';
import { reportMissing } from '../../missing-key.ts';

export const sigmahqDateExistence: DocumentCheck = {
  id: 'sigmahq_date_existence',
  origin: 'sigmahq',
  severity: 'warning',
  about: 'the rule has no `date`',
  help: 'The day on which it was written, as YYYY-MM-DD.',
  examples: {
    invalid: [{ rule: 'title: Audit Switched Off', marks: ['Audit Switched Off'] }],
    valid: ['title: Audit Switched Off\ndate: 2026-11-20'],
  },
  check(document, report) {
    reportMissing(document, 'date', report);
  },
};
