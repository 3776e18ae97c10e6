import type { DocumentCheck } from '../../check.ts';
import { fixBy, withoutEntry } from '../../text-edits.ts';

export const sigmahqFieldsExistence: DocumentCheck = {
  id: 'sigmahq_fields_existence',
  origin: 'sigmahq',
  severity: 'warning',
  about: 'the rule uses `fields`',
  help: 'SigmaHQ discourages it: which fields an alert shows is the business of who receives it.',
  examples: {
    invalid: [
      {
        rule: 'title: One\nfields:\n  - Image\nlevel: low\n',
        marks: ['fields'],
        fixed: 'title: One\nlevel: low\n',
      },
    ],
    valid: ['title: One\nlevel: low'],
  },
  check(document, report) {
    const entry = document.entry('fields');
    if (entry === undefined || document.textsOf('fields').length === 0) return;
    report(
      entry.keySpan,
      'fields is discouraged.',
      fixBy('Remove fields', withoutEntry(document.text, entry)),
    );
  },
};
