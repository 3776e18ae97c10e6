import type { DocumentCheck } from '../../check.ts';
import { reportTagForm } from '../../tag-pattern.ts';

export const cvetag: DocumentCheck = {
  id: 'cvetag',
  origin: 'pysigma',
  severity: 'warning',
  about: 'a `cve.` tag is no CVE number',
  help: 'The name is year and number with a hyphen: `cve.2021-44228`.',
  examples: {
    invalid: [{ rule: 'tags: [cve.2021.44228]', marks: ['cve.2021.44228'] }],
    valid: ['tags: [cve.2021-44228]'],
  },
  check(document, report) {
    reportTagForm(document, 'cve', /^\d+-\d+$/, 'like cve.2021-44228', report);
  },
};
