import type { DocumentCheck } from '../../check.ts';
import { headSpan } from '../../places.ts';

export const sigmahqStatus: DocumentCheck = {
  id: 'sigmahq_status',
  origin: 'sigmahq',
  severity: 'error',
  about: 'the rule is deprecated or unsupported',
  help: 'Such rules have folders of their own, out of the way of those that run.',
  examples: {
    invalid: [{ rule: 'status: deprecated', marks: ['deprecated'] }],
    valid: ['status: test'],
  },
  check(document, report) {
    const { status } = document.rule;
    if (status === 'deprecated' || status === 'unsupported')
      report(document.textOf('status')?.span ?? headSpan(document), `The rule is ${status}.`);
  },
};
