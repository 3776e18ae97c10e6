import type { DocumentCheck } from '../../check.ts';
import { sigmaVersion } from '../../sigma-version.ts';

const NEWEST = 3;

export const unsupportedSigmaVersion: DocumentCheck = {
  id: 'unsupported_sigma_version',
  origin: 'others',
  severity: 'error',
  about: 'the rule is of a Sigma version that is not known here',
  help: 'What such a version changes cannot be known, so the rule may mean something else. Versions 2 and 3 are read.',
  examples: {
    invalid: [{ rule: 'title: x\nsigma-version: 4', marks: ['4'] }],
    valid: ['title: x\nsigma-version: 3', 'title: x'],
  },
  check(document, report) {
    const found = document.entry('sigma-version');
    const version = sigmaVersion(document);
    if (found !== undefined && (Number.isNaN(version) || version > NEWEST))
      report(found.value.span, `Sigma versions up to ${NEWEST} are read here.`);
  },
};
