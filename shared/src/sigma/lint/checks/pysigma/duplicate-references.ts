import type { DocumentCheck } from '../../check.ts';
import { reportRepeated } from '../../repeated.ts';

export const duplicateReferences: DocumentCheck = {
  id: 'duplicate_references',
  origin: 'pysigma',
  severity: 'warning',
  about: 'a reference stands there twice',
  help: 'Once is enough.',
  examples: {
    invalid: [
      {
        rule: 'references:\n  - https://example.org/a\n  - https://example.org/b\n  - https://example.org/a\n',
        marks: ['https://example.org/a'],
        fixed: 'references:\n  - https://example.org/a\n  - https://example.org/b\n',
      },
    ],
    valid: ['references:\n  - https://example.org/a\n  - https://example.org/b'],
  },
  check(document, report) {
    reportRepeated(document, document.textsOf('references'), 'reference', report);
  },
};
