import type { DocumentCheck } from '../../check.ts';

const RULE = (value: string) =>
  `title: x\ndetection:\n    sel:\n        user|contains: ${value}\n    condition: sel\n`;

export const containsEmpty: DocumentCheck = {
  id: 'contains_empty',
  origin: 'own',
  severity: 'info',
  about: 'contains, startswith or endswith has an empty value, which every value satisfies',
  help: 'The item only asks that the field is there: write exists: true if that is meant.',
  examples: { invalid: [{ rule: RULE("''"), marks: ["''"] }], valid: [RULE('a')] },
  check(document, report) {
    for (const { modifiers, values } of document.items) {
      if (modifiers.every((name) => !/^(contains|startswith|endswith)$/.test(name))) continue;
      for (const { value, span } of values) {
        if (value === '') report(span, 'Every value satisfies this: the field only has to be there.');
      }
    }
  },
};
