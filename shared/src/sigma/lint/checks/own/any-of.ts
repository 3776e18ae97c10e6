import type { DocumentCheck } from '../../check.ts';

const RULE = (condition: string) =>
  `title: x\ndetection:\n    sel_a:\n        user: a\n    sel_b:\n        user: b\n    condition: ${condition}\n`;

export const anyOf: DocumentCheck = {
  id: 'any_of',
  origin: 'own',
  severity: 'info',
  about: 'a condition says any of instead of 1 of',
  help: 'Both mean the same; every public rule writes 1 of, and some readers know only that.',
  examples: {
    invalid: [{ rule: RULE('any of sel_*'), marks: ['any'], fixed: RULE('1 of sel_*') }],
    valid: [RULE('1 of sel_*')],
  },
  check(document, report) {
    for (const { span } of document.conditions) {
      const written = document.text.slice(span.from, span.to);
      for (const match of written.matchAll(/(?<![\w-])any(?=\s+of\s)/g)) {
        const at = { from: span.from + match.index, to: span.from + match.index + 3 };
        report(at, 'any of is written 1 of.', {
          title: 'Write 1 of',
          edits: [{ span: at, text: '1' }],
          safe: true,
        });
      }
    }
  },
};
