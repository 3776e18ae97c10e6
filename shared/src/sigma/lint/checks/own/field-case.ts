import type { DocumentCheck } from '../../check.ts';
import { dictionaryField, isDatabaseRule } from '../../database-source.ts';

const RULE = (item: string) =>
  `title: x\nlogsource: {category: database}\ndetection:\n    sel:\n        ${item}\n    condition: sel\n`;

export const fieldCase: DocumentCheck = {
  id: 'field_case',
  origin: 'own',
  severity: 'warning',
  about: 'a field of database events is written in other case',
  help: 'It is found all the same here (SIGMA R18); tools that compare names exactly find nothing.',
  examples: {
    invalid: [{ rule: RULE('User: sa'), marks: ['User'], fixed: RULE('user: sa') }],
    valid: [RULE('user: sa')],
  },
  check(document, report) {
    if (!isDatabaseRule(document)) return;
    for (const { field, keySpan } of document.items) {
      const known = field === undefined ? undefined : dictionaryField(field);
      if (field === undefined || known === undefined) continue;
      const [name = ''] = field.split('.');
      if (name === known.name || name.toLowerCase() !== known.name) continue;
      const at = document.text.indexOf(name, keySpan.from);
      report(keySpan, `The field is written ${known.name}.`, {
        title: `Write ${known.name}`,
        edits: [{ span: { from: at, to: at + name.length }, text: known.name }],
        safe: true,
      });
    }
  },
};
