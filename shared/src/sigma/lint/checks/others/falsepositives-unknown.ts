import type { DocumentCheck } from '../../check.ts';

export const falsepositivesUnknown: DocumentCheck = {
  id: 'falsepositives_unknown',
  origin: 'others',
  severity: 'info',
  optIn: true,
  about: 'the false positives say only “unknown”',
  help: 'Every second public rule says so, which helps nobody to judge a match. Say who does the same without harm, or leave the key out.',
  examples: {
    invalid: [{ rule: 'title: x\nfalsepositives:\n    - Unknown', marks: ['Unknown'] }],
    valid: ['title: x\nfalsepositives:\n    - Unknown\n    - Backups at night'],
  },
  check(document, report) {
    const [only, ...more] = document.textsOf('falsepositives');
    if (only !== undefined && more.length === 0 && /^unknown\.?$/i.test(only.text.trim()))
      report(only.span, '“Unknown” helps nobody to judge a match.');
  },
};
