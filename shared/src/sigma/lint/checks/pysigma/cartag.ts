import type { DocumentCheck } from '../../check.ts';
import { reportTagForm } from '../../tag-pattern.ts';

export const cartag: DocumentCheck = {
  id: 'cartag',
  origin: 'pysigma',
  severity: 'warning',
  about: 'a `car.` tag is no analytic of the Cyber Analytics Repository',
  help: 'The name is year, month and number: `car.2016-03-001`.',
  examples: {
    invalid: [{ rule: 'tags: [car.2016-3-1]', marks: ['car.2016-3-1'] }],
    valid: ['tags: [car.2016-03-001]'],
  },
  check(document, report) {
    reportTagForm(document, 'car', /^\d{4}-\d{2}-\d{3}$/, 'like car.2016-03-001', report);
  },
};
