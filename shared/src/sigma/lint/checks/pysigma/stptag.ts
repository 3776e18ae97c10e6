import type { DocumentCheck } from '../../check.ts';
import { reportTagForm } from '../../tag-pattern.ts';

export const stptag: DocumentCheck = {
  id: 'stptag',
  origin: 'pysigma',
  severity: 'warning',
  about: 'an `stp.` tag is no rating of Summiting the Pyramid',
  help: 'The rating is a level from 1 to 5, perhaps with a for application, u for user or k for kernel: `stp.3u`.',
  examples: {
    invalid: [{ rule: 'tags: [stp.6k]', marks: ['stp.6k'] }],
    valid: ['tags: [stp.3u, stp.1]'],
  },
  check(document, report) {
    reportTagForm(document, 'stp', /^[1-5][auk]?$/, '1 to 5 and perhaps a, u or k', report);
  },
};
