import type { DocumentCheck } from '../../check.ts';

const RULE = (name: string) =>
  `title: x\ndetection:\n    ${name}:\n        user: a\n    condition: ${name}\n`;

export const identifierOperatorPrefix: DocumentCheck = {
  id: 'identifier_operator_prefix',
  origin: 'own',
  severity: 'warning',
  about: 'the name of a search begins with not, and or or',
  help: 'pySigma reads “notepad” in a condition as “not epad”, and the rule then means the opposite of what it says (SIGMA C1). Choose another name.',
  examples: {
    invalid: [
      { rule: RULE('notepad'), marks: ['notepad'] },
      { rule: RULE('not_admin'), marks: ['not_admin'] },
    ],
    valid: [RULE('selection'), RULE('is_not_admin')],
  },
  check(document, report) {
    for (const { key, keySpan } of document.searches) {
      const [, word, rest] = /^(not|and|or)(.+)$/.exec(key) ?? [];
      if (word !== undefined) report(keySpan, `pySigma reads “${key}” in a condition as “${word} ${rest}”.`);
    }
  },
};
