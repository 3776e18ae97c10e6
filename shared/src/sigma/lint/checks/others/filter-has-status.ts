import type { DocumentCheck } from '../../check.ts';
import { withoutEntry } from '../../text-edits.ts';

const RULE = (attribute: string) =>
  `title: x\n${attribute}logsource: {category: database}\nfilter:\n    rules: any\n    known:\n        user: backup\n    condition: not known\n`;

export const filterHasStatus: DocumentCheck = {
  id: 'filter_has_status',
  origin: 'others',
  severity: 'warning',
  about: 'a filter has a status',
  help: 'A filter only narrows other rules; the status is that of the rule that matches (SIGMA F3).',
  examples: {
    invalid: [{ rule: RULE('status: test\n'), marks: ['status'], fixed: RULE('') }],
    valid: [RULE('')],
  },
  check(document, report) {
    const found = document.kind === 'filter' ? document.entry('status') : undefined;
    if (found === undefined) return;
    report(found.keySpan, 'A filter has no status: that of the rule counts.', {
      title: 'Remove the status',
      edits: [withoutEntry(document.text, found)],
      safe: true,
    });
  },
};
