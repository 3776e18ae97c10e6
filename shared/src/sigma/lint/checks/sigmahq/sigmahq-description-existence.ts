import type { DocumentCheck } from '../../check.ts';
import { reportMissing } from '../../missing-key.ts';

export const sigmahqDescriptionExistence: DocumentCheck = {
  id: 'sigmahq_description_existence',
  origin: 'sigmahq',
  severity: 'warning',
  about: 'the rule has no `description`',
  help: 'Who gets the alert has to know what was seen and why it matters.',
  examples: {
    invalid: [{ rule: 'title: Audit Switched Off', marks: ['Audit Switched Off'] }],
    valid: ['title: Audit Switched Off\ndescription: Somebody switched the audit off.'],
  },
  check(document, report) {
    reportMissing(document, 'description', report);
  },
};
