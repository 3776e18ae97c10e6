import type { DocumentCheck } from '../../check.ts';
import { reportMissing } from '../../missing-key.ts';

export const identifierExistence: DocumentCheck = {
  id: 'identifier_existence',
  origin: 'pysigma',
  severity: 'warning',
  about: 'the rule has no `id`',
  help: 'Correlations, filters and exclusions name rules by it, and it stays when the title changes.',
  examples: {
    invalid: [{ rule: 'title: Audit Switched Off', marks: ['Audit Switched Off'] }],
    valid: ['title: Audit Switched Off\nid: 0b7c1d9e-5a1f-4c43-9f6e-2a4d5c1f8e70'],
  },
  check(document, report) {
    reportMissing(document, 'id', report);
  },
};
