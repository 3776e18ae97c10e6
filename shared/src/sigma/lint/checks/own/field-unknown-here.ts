import { FIELDS } from '../../../../events/fields.ts';
import type { DocumentCheck } from '../../check.ts';
import { dictionaryField, isDatabaseRule } from '../../database-source.ts';
import { nearest } from '../../edit-distance.ts';
import { withModifiers } from '../../text-edits.ts';

const RULE = (item: string) =>
  `title: x\nlogsource: {category: database}\ndetection:\n    sel:\n        ${item}\n    condition: sel\n`;
const NAMES = FIELDS.map(({ name }) => name);

export const fieldUnknownHere: DocumentCheck = {
  id: 'field_unknown_here',
  origin: 'own',
  severity: 'warning',
  about: 'database events have no field of that name',
  help: 'An item on it never holds, and under not it always does. The event dictionary lists the fields; what a source has beyond them stands in extra, as extra.NAME.',
  examples: {
    invalid: [{ rule: RULE('usr|contains: sa'), marks: ['usr|contains'], fixed: RULE('user|contains: sa') }],
    valid: [
      RULE('user: sa'),
      RULE('objects.name: hr.salary'),
      RULE('extra.backend_type: walwriter'),
      RULE('usr: sa').replace('database', 'process_creation'),
    ],
  },
  check(document, report) {
    if (!isDatabaseRule(document)) return;
    for (const item of document.items) {
      const { field } = item;
      if (field === undefined || dictionaryField(field) !== undefined) continue;
      const meant = nearest(field.toLowerCase(), NAMES, field.length < 6 ? 1 : 2);
      const named = { ...item, field: meant };
      report(
        item.keySpan,
        `Database events have no field “${field}”.${meant === undefined ? '' : ` Was ${meant} meant?`}`,
        meant === undefined
          ? undefined
          : {
              title: `Write ${meant}`,
              edits: [renamed(withModifiers(named, document.text, item.modifiers), field, meant)],
              safe: false,
            },
      );
    }
  },
};

function renamed<T extends { readonly text: string }>(edit: T, field: string, put: string): T {
  return { ...edit, text: edit.text.replace(field, () => put) };
}
