import type { DocumentCheck } from '../../check.ts';

export const identifierUnreachableSyntax: DocumentCheck = {
  id: 'identifier_unreachable_syntax',
  origin: 'own',
  severity: 'info',
  about: 'the name of a search has characters that conditions cannot write',
  help: 'Names in conditions are letters, digits, _ and -. Such a search can only be reached by a pattern such as 1 of filter_* (SIGMA C3).',
  examples: {
    invalid: [
      {
        rule: 'title: x\ndetection:\n    sel_a.conf:\n        user: a\n    condition: 1 of sel_*\n',
        marks: ['sel_a.conf'],
      },
    ],
    valid: ['title: x\ndetection:\n    sel_a-b:\n        user: a\n    condition: sel_a-b\n'],
  },
  check(document, report) {
    for (const { key, keySpan } of document.searches) {
      if (!/^[\p{L}\p{N}_-]+$/u.test(key))
        report(keySpan, `A condition cannot write “${key}”; only a pattern reaches it.`);
    }
  },
};
