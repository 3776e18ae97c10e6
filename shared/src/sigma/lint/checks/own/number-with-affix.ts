import type { DocumentCheck } from '../../check.ts';

const RULE = (value: string) =>
  `title: x\ndetection:\n    sel:\n        error_code|startswith: ${value}\n    condition: sel\n`;

export const numberWithAffix: DocumentCheck = {
  id: 'number_with_affix',
  origin: 'own',
  severity: 'info',
  about: 'contains, startswith or endswith has a number as its value',
  help: 'It is matched as the text that it is written with here; pySigma refuses the rule. Quote it.',
  examples: {
    invalid: [{ rule: RULE('42'), marks: ['42'], fixed: RULE("'42'") }],
    valid: [RULE("'42'")],
  },
  check(document, report) {
    for (const { modifiers, values } of document.items) {
      if (modifiers.every((name) => !/^(contains|startswith|endswith)$/.test(name))) continue;
      for (const { value, span } of values) {
        if (typeof value !== 'bigint' && typeof value !== 'number') continue;
        report(span, `pySigma refuses a number here: quote ${value}.`, {
          title: 'Quote it',
          edits: [{ span, text: `'${value}'` }],
          safe: true,
        });
      }
    }
  },
};
