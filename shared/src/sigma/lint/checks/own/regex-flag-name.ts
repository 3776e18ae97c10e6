import type { DocumentCheck } from '../../check.ts';
import { withModifiers } from '../../text-edits.ts';

const SHORT: Readonly<Record<string, string>> = { ignorecase: 'i', multiline: 'm', dotall: 's' };
const RULE = (key: string) => `title: x\ndetection:\n    sel:\n        ${key}: ^a\n    condition: sel\n`;

export const regexFlagName: DocumentCheck = {
  id: 'regex_flag_name',
  origin: 'own',
  severity: 'info',
  about: 'a flag of a regular expression has the name that only pySigma knows',
  help: 'The specification has i, m and s.',
  examples: {
    invalid: [{ rule: RULE('user|re|ignorecase'), marks: ['user|re|ignorecase'], fixed: RULE('user|re|i') }],
    valid: [RULE('user|re|i')],
  },
  check(document, report) {
    for (const item of document.items) {
      const put = item.modifiers.map((name) => SHORT[name] ?? name);
      const changed = item.modifiers.filter((name) => SHORT[name] !== undefined);
      if (changed.length === 0) continue;
      report(
        item.keySpan,
        `${changed.join(' and ')} is written ${changed.map((name) => SHORT[name]).join(' and ')}.`,
        {
          title: 'Write the short name',
          edits: [withModifiers(item, document.text, put)],
          safe: true,
        },
      );
    }
  },
};
