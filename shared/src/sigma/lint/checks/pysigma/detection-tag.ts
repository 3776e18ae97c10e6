import type { DocumentCheck } from '../../check.ts';
import { reportTagForm } from '../../tag-pattern.ts';

export const detectionTag: DocumentCheck = {
  id: 'detection_tag',
  origin: 'pysigma',
  severity: 'warning',
  about: 'a `detection.` tag names no kind of rule',
  help: 'The kinds are `detection.dfir`, `detection.emerging-threats` and `detection.threat-hunting`.',
  examples: {
    invalid: [{ rule: 'tags: [detection.hunting]', marks: ['detection.hunting'] }],
    valid: ['tags: [detection.threat-hunting]'],
  },
  check(document, report) {
    const kinds = /^(dfir|emerging-threats|threat-hunting)$/;
    reportTagForm(document, 'detection', kinds, 'dfir, emerging-threats or threat-hunting', report);
  },
};
