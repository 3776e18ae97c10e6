import type { DocumentCheck } from '../../check.ts';
import { reportMissing } from '../../missing-key.ts';

export const sigmahqLevelExistence: DocumentCheck = {
  id: 'sigmahq_level_existence',
  origin: 'sigmahq',
  severity: 'warning',
  about: 'the rule has no `level`',
  help: 'Without it nobody can say which alert to look at first.',
  examples: {
    invalid: [{ rule: 'title: Audit Switched Off', marks: ['Audit Switched Off'] }],
    valid: [
      'title: Audit Switched Off\nlevel: high',
      'title: Known Administrators\nfilter: {rules: any, selection: {user: x}, condition: not selection}',
    ],
  },
  check(document, report) {
    // A filter takes that of the rules that it reaches.
    if (document.kind !== 'filter') reportMissing(document, 'level', report);
  },
};
