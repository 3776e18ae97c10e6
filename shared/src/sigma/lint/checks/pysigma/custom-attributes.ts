import type { DocumentCheck } from '../../check.ts';
import { fixBy } from '../../text-edits.ts';

const MEANT = new Map([
  ['realted', 'related'],
  ['relatde', 'related'],
  ['relted', 'related'],
  ['rlated', 'related'],
  ['reference', 'references'],
]);

export const customAttributes: DocumentCheck = {
  id: 'custom_attributes',
  origin: 'pysigma',
  severity: 'warning',
  about: 'a key is a known misspelling of a standard one',
  help: 'Tools take it for an attribute of your own and leave it aside.',
  examples: {
    invalid: [
      {
        rule: 'reference:\n  - https://example.org',
        marks: ['reference'],
        fixed: 'references:\n  - https://example.org',
      },
    ],
    valid: ['references:\n  - https://example.org'],
  },
  check(document, report) {
    for (const { key, keySpan } of document.root.entries) {
      const meant = MEANT.get(key);
      if (meant !== undefined)
        report(
          keySpan,
          `${key} is no key of Sigma; ${meant} is.`,
          // What was passed over till now is read then, and may be wrong in itself.
          fixBy(`Write ${meant}`, { span: keySpan, text: meant }, false),
        );
    }
  },
};
