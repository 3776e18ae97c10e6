import type { DocumentCheck } from '../../check.ts';

export const deprecatedWithoutRelated: DocumentCheck = {
  id: 'deprecated_without_related',
  origin: 'others',
  severity: 'warning',
  about: 'a deprecated rule does not say what takes its place',
  help: 'Name the rule that came instead below related, with type obsolete: who still runs this one looks for it.',
  examples: {
    invalid: [{ rule: 'title: x\nstatus: deprecated', marks: ['deprecated'] }],
    valid: [
      'title: x\nstatus: deprecated\nrelated:\n    - id: 0b7c1d9e-5a1f-4c43-9f6e-2a4d5c1f8e70\n      type: obsolete',
      'title: x\nstatus: test',
    ],
  },
  check(document, report) {
    const status = document.textOf('status');
    if (status?.text === 'deprecated' && document.entry('related') === undefined)
      report(status.span, 'The rule is deprecated, and related does not say what takes its place.');
  },
};
