import type { DocumentCheck } from '../../check.ts';

export const scopeTooShort: DocumentCheck = {
  id: 'scope_too_short',
  origin: 'others',
  severity: 'warning',
  about: 'an entry of the scope says nothing',
  help: 'The scope names where the rule is meant to run (`server`); one character does not.',
  examples: {
    invalid: [{ rule: 'title: x\nscope:\n    - s', marks: ['s'] }],
    valid: ['title: x\nscope:\n    - server'],
  },
  check(document, report) {
    for (const { text, span } of document.textsOf('scope')) {
      if (text.trim().length < 2) report(span, 'This entry of scope says nothing.');
    }
  },
};
