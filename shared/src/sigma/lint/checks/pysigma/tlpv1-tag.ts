import type { DocumentCheck } from '../../check.ts';
import { reportTagForm } from '../../tag-pattern.ts';

export const tlpv1Tag: DocumentCheck = {
  id: 'tlpv1_tag',
  origin: 'pysigma',
  severity: 'warning',
  optIn: true,
  about: 'a `tlp.` tag is no marking of TLP version 1',
  help: 'For teams that still use version 1: white, green, amber and red. It contradicts `tlpv2_tag` for white and clear, so it is off.',
  examples: {
    invalid: [{ rule: 'tags: [tlp.clear]', marks: ['tlp.clear'] }],
    valid: ['tags: [tlp.white]'],
  },
  check(document, report) {
    reportTagForm(document, 'tlp', /^(white|green|amber|red)$/, 'white, green, amber or red', report);
  },
};
