import { ADS_KEYS, ADS_PREFIX } from '../../ads-sections.ts';
import type { DocumentCheck } from '../../check.ts';
import { nearest } from '../../edit-distance.ts';

export const adsUnknownSection: DocumentCheck = {
  id: 'ads_unknown_section',
  origin: 'others',
  severity: 'info',
  optIn: true,
  about: 'a key is none of the sections of the Alerting and Detection Strategy framework',
  help: 'The sections are strategy, technical_context, blind_spots, validation, priority and response.',
  examples: {
    invalid: [
      {
        rule: 'title: x\nrsigma.ads.strategie: Words.',
        marks: ['rsigma.ads.strategie'],
        fixed: 'title: x\nrsigma.ads.strategy: Words.',
      },
    ],
    valid: ['title: x\nrsigma.ads.strategy: Words.', 'title: x\nrsigma.ads.exempt: true'],
  },
  check(document, report) {
    for (const { key, keySpan } of document.root.entries) {
      const name = key.slice(ADS_PREFIX.length);
      if (!key.startsWith(ADS_PREFIX) || name === 'exempt' || ADS_KEYS.includes(name)) continue;
      const meant = nearest(name, ADS_KEYS, 3);
      if (meant === undefined) report(keySpan, `There is no section ${name}.`);
      else
        report(keySpan, `There is no section ${name}. Was ${meant} meant?`, {
          title: `Write ${meant}`,
          edits: [{ span: keySpan, text: ADS_PREFIX + meant }],
          safe: true,
        });
    }
  },
};
