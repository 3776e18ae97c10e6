import type { DocumentCheck } from '../../check.ts';
import { reportTagForm } from '../../tag-pattern.ts';

export const tlptag: DocumentCheck = {
  id: 'tlptag',
  origin: 'pysigma',
  severity: 'warning',
  about: 'a `tlp.` tag is no marking of the Traffic Light Protocol',
  help: 'Markings are clear, green, amber, amber-strict and red, and white of version 1.',
  examples: {
    invalid: [{ rule: 'tags: [tlp.blue]', marks: ['tlp.blue'] }],
    valid: ['tags: [tlp.white]', 'tags: [tlp.amber-strict]'],
  },
  check(document, report) {
    const markings = /^(clear|white|green|amber|amber-strict|red)$/;
    reportTagForm(document, 'tlp', markings, 'clear, green, amber, amber-strict or red', report);
  },
};
