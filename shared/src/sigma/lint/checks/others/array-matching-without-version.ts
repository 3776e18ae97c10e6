import type { DocumentCheck } from '../../check.ts';
import { ARRAY_SELECTOR, sigmaVersion } from '../../sigma-version.ts';

const RULE = (version: string) =>
  `title: x\n${version}detection:\n    sel:\n        args[0]: run\n    condition: sel\n`;

export const arrayMatchingWithoutVersion: DocumentCheck = {
  id: 'array_matching_without_version',
  origin: 'others',
  severity: 'warning',
  about: 'a field has an array selector, but the rule does not ask for Sigma 3',
  help: 'Before sigma-version: 3 brackets are part of the field name (SIGMA S3), and events hardly have such a field. Add sigma-version: 3.',
  examples: {
    invalid: [{ rule: RULE(''), marks: ['args[0]'] }],
    valid: [RULE('sigma-version: 3\n')],
  },
  check(document, report) {
    if (sigmaVersion(document) >= 3) return;
    for (const { field, keySpan } of document.items) {
      if (field !== undefined && ARRAY_SELECTOR.test(field))
        report(keySpan, `Without sigma-version: 3 the brackets of “${field}” are part of its name.`);
    }
  },
};
