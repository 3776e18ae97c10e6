import type { DocumentCheck } from '../../check.ts';
import { withoutItem } from '../../text-edits.ts';

export const duplicateFields: DocumentCheck = {
  id: 'duplicate_fields',
  origin: 'others',
  severity: 'warning',
  about: 'the list of fields names one twice',
  help: 'The list only says what to show of a match; once is enough.',
  examples: {
    invalid: [
      {
        rule: 'title: x\nfields:\n    - user\n    - user\n    - statement',
        marks: ['user'],
        fixed: 'title: x\nfields:\n    - user\n    - statement',
      },
    ],
    valid: ['title: x\nfields:\n    - user\n    - statement'],
  },
  check(document, report) {
    const seen = new Set<string>();
    for (const field of document.textsOf('fields')) {
      if (!seen.has(field.text)) seen.add(field.text);
      else
        report(field.span, `“${field.text}” stands twice below fields.`, {
          title: 'Remove the second',
          edits: [withoutItem(document.text, field)],
          safe: true,
        });
    }
  },
};
