import { ADS_KEYS, ADS_PREFIX } from '../../ads-sections.ts';
import type { DocumentCheck } from '../../check.ts';

export const adsEmptySection: DocumentCheck = {
  id: 'ads_empty_section',
  origin: 'others',
  severity: 'info',
  optIn: true,
  about: 'a section of the Alerting and Detection Strategy framework is empty',
  help: 'A section that says nothing only hides that it is missing.',
  examples: {
    invalid: [{ rule: 'title: x\nrsigma.ads.response: ""', marks: ['""'] }],
    valid: ['title: x\nrsigma.ads.response: Call the owner of the database.'],
  },
  check(document, report) {
    for (const name of ADS_KEYS) {
      const value = document.entry(ADS_PREFIX + name)?.value;
      if (value === undefined) continue;
      const said = document.textsOf(ADS_PREFIX + name).map(({ text }) => text.trim());
      if (value.kind !== 'map' && said.join('').length < 2)
        report(value.span, `The section ${name} says nothing.`);
    }
  },
};
