import type { DocumentCheck } from '../../check.ts';

export const licenseMissing: DocumentCheck = {
  id: 'license_missing',
  origin: 'own',
  severity: 'info',
  optIn: true,
  about: 'the rule does not say under which licence it may be used',
  help: 'Who shares rules needs it: an SPDX id such as DRL-1.1, MIT or CC0-1.0.',
  examples: { invalid: [{ rule: 'title: x', marks: ['x'] }], valid: ['title: x\nlicense: DRL-1.1'] },
  check(document, report) {
    if (document.entry('license') === undefined)
      report(document.textOf('title')?.span ?? document.root.span, 'The rule has no license.');
  },
};
