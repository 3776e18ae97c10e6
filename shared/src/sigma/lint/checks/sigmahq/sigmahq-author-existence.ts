import type { DocumentCheck } from '../../check.ts';
import { reportMissing } from '../../missing-key.ts';

export const sigmahqAuthorExistence: DocumentCheck = {
  id: 'sigmahq_author_existence',
  origin: 'sigmahq',
  severity: 'warning',
  about: 'the rule has no `author`',
  help: 'The Detection Rule License asks that the author is named wherever the rule matches.',
  examples: {
    invalid: [{ rule: 'title: Audit Switched Off', marks: ['Audit Switched Off'] }],
    valid: ['title: Audit Switched Off\nauthor: Somebody'],
  },
  check(document, report) {
    reportMissing(document, 'author', report);
  },
};
