import type { DocumentCheck } from '../../check.ts';
import { reportMissing } from '../../missing-key.ts';

export const sigmahqStatusExistence: DocumentCheck = {
  id: 'sigmahq_status_existence',
  origin: 'sigmahq',
  severity: 'warning',
  about: 'the rule has no `status`',
  help: 'It says how far the rule has been tried: experimental, test or stable.',
  examples: {
    invalid: [{ rule: 'title: Audit Switched Off', marks: ['Audit Switched Off'] }],
    valid: [
      'title: Audit Switched Off\nstatus: experimental',
      'title: Known Administrators\nfilter: {rules: any, selection: {user: x}, condition: not selection}',
    ],
  },
  check(document, report) {
    // A filter takes that of the rules that it reaches.
    if (document.kind !== 'filter') reportMissing(document, 'status', report);
  },
};
