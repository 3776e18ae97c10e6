import type { DocumentCheck } from '../../check.ts';
import { withoutEntry } from '../../text-edits.ts';

const RULE = (attribute: string) =>
  `title: x\n${attribute}logsource: {category: database}\nfilter:\n    rules: any\n    known:\n        user: backup\n    condition: not known\n`;

export const filterHasLevel: DocumentCheck = {
  id: 'filter_has_level',
  origin: 'others',
  severity: 'warning',
  about: 'a filter has a level',
  help: 'A filter only narrows other rules; the level is that of the rule that matches (SIGMA F3).',
  examples: {
    invalid: [{ rule: RULE('level: high\n'), marks: ['level'], fixed: RULE('') }],
    valid: [RULE('')],
  },
  check(document, report) {
    const found = document.kind === 'filter' ? document.entry('level') : undefined;
    if (found === undefined) return;
    report(found.keySpan, 'A filter has no level: that of the rule counts.', {
      title: 'Remove the level',
      edits: [withoutEntry(document.text, found)],
      safe: true,
    });
  },
};
