import type { DocumentCheck } from '../../check.ts';
import { withModifiers } from '../../text-edits.ts';

const RULE = (key: string) => `title: x\ndetection:\n    sel:\n        ${key}: ^a\n    condition: sel\n`;

export const regexWithAffix: DocumentCheck = {
  id: 'regex_with_affix',
  origin: 'own',
  severity: 'info',
  about: 'a regular expression has contains, startswith or endswith beside it',
  help: 'A pattern is searched anywhere already. pySigma glues .* to its text, which makes something else of x|y.',
  examples: {
    invalid: [{ rule: RULE('user|re|contains'), marks: ['user|re|contains'], fixed: RULE('user|re') }],
    valid: [RULE('user|re')],
  },
  check(document, report) {
    for (const item of document.items) {
      if (!item.modifiers.includes('re')) continue;
      const kept = item.modifiers.filter((name) => !/^(contains|startswith|endswith)$/.test(name));
      if (kept.length === item.modifiers.length) continue;
      report(item.keySpan, 'A pattern is searched anywhere: the other modifier has no effect.', {
        title: 'Remove it',
        edits: [withModifiers(item, document.text, kept)],
        safe: true,
      });
    }
  },
};
