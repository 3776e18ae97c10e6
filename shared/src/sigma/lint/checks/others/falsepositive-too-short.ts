import type { DocumentCheck } from '../../check.ts';

export const falsepositiveTooShort: DocumentCheck = {
  id: 'falsepositive_too_short',
  origin: 'others',
  severity: 'warning',
  about: 'an entry of the false positives says nothing',
  help: 'One character cannot describe when the rule is wrong. Say who does the same without harm, or remove the entry.',
  examples: {
    invalid: [{ rule: 'title: x\nfalsepositives:\n    - "?"', marks: ['"?"'] }],
    valid: ['title: x\nfalsepositives:\n    - Backups at night'],
  },
  check(document, report) {
    for (const { text, span } of document.textsOf('falsepositives')) {
      if (text.trim().length < 2) report(span, 'This entry of falsepositives says nothing.');
    }
  },
};
