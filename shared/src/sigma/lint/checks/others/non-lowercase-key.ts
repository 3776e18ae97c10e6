import type { DocumentCheck } from '../../check.ts';
import { STANDARD_KEYS } from '../../standard-keys.ts';

export const nonLowercaseKey: DocumentCheck = {
  id: 'non_lowercase_key',
  origin: 'others',
  severity: 'warning',
  supersedes: ['custom_attributes', 'sigmahq_unknown_field'],
  about: 'a key of the rule is not in lower case, so no reader knows it',
  help: 'Keys are lower case and exact (SIGMA Y6): “Level” is an attribute of your own, and the rule has no level.',
  examples: {
    invalid: [{ rule: 'title: x\nLevel: high', marks: ['Level'], fixed: 'title: x\nlevel: high' }],
    valid: ['title: x\nlevel: high', 'title: x\nTicketSystem: own attributes are allowed'],
  },
  check(document, report) {
    for (const { key, keySpan } of document.root.entries) {
      const lower = key.toLowerCase();
      if (lower === key || !STANDARD_KEYS.has(lower) || document.entry(lower) !== undefined) continue;
      report(keySpan, `“${key}” is written ${lower}.`, {
        title: `Write ${lower}`,
        edits: [{ span: keySpan, text: lower }],
        safe: false,
      });
    }
  },
};
