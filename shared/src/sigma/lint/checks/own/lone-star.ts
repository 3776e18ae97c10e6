import type { DocumentCheck } from '../../check.ts';
import { withModifiers } from '../../text-edits.ts';

const RULE = (item: string) => `title: x\ndetection:\n    sel:\n        ${item}\n    condition: sel\n`;

export const loneStar: DocumentCheck = {
  id: 'lone_star',
  origin: 'own',
  severity: 'info',
  about: 'a value is only a star',
  help: 'It matches every value, the empty text too, but not an absent field. exists: true says the same in a word.',
  examples: {
    invalid: [{ rule: RULE("user: '*'"), marks: ["'*'"], fixed: RULE('user|exists: true') }],
    valid: [RULE('user|exists: true'), RULE("user: 'a*'")],
  },
  check(document, report) {
    for (const item of document.items) {
      if (item.field === undefined || item.modifiers.includes('re')) continue;
      for (const { value, span } of item.values) {
        if (typeof value !== 'string' || !/^\*+$/.test(value)) continue;
        const alone = item.modifiers.length === 0 && !item.list;
        report(
          span,
          'A lone * matches every value; exists: true says so.',
          alone
            ? {
                title: 'Write exists: true',
                edits: [withModifiers(item, document.text, ['exists']), { span, text: 'true' }],
                safe: true,
              }
            : undefined,
        );
      }
    }
  },
};
