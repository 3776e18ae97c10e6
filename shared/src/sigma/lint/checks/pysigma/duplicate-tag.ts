import type { DocumentCheck } from '../../check.ts';
import { reportRepeated } from '../../repeated.ts';

export const duplicateTag: DocumentCheck = {
  id: 'duplicate_tag',
  origin: 'pysigma',
  severity: 'warning',
  about: 'a tag stands there twice',
  help: 'Once is enough.',
  examples: {
    invalid: [
      {
        rule: 'tags: [attack.t1078, attack.persistence, attack.t1078]',
        marks: ['attack.t1078'],
        fixed: 'tags: [attack.t1078, attack.persistence]',
      },
    ],
    valid: ['tags: [attack.t1078, attack.t1078.001]'],
  },
  check(document, report) {
    reportRepeated(document, document.tags, 'tag', report);
  },
};
