import type { DocumentCheck } from '../../check.ts';
import { tagsIn } from '../../tags.ts';
import { fixBy } from '../../text-edits.ts';

const MARKINGS = new Set(['clear', 'green', 'amber', 'amber-strict', 'red']);

export const tlpv2Tag: DocumentCheck = {
  id: 'tlpv2_tag',
  origin: 'pysigma',
  severity: 'warning',
  about: 'a `tlp.` tag is no marking of TLP version 2',
  help: 'Markings are clear, green, amber, amber-strict and red; clear was white in version 1.',
  examples: {
    invalid: [{ rule: 'tags: [tlp.white]', marks: ['tlp.white'], fixed: 'tags: [tlp.clear]' }],
    valid: ['tags: [tlp.clear]'],
  },
  check(document, report) {
    for (const { name, span } of tagsIn(document, 'tlp')) {
      if (MARKINGS.has(name)) continue;
      const fix = name === 'white' ? fixBy('Write tlp.clear', { span: span, text: 'tlp.clear' }) : undefined;
      report(span, `TLP 2 has no marking ${name}.`, fix);
    }
  },
};
