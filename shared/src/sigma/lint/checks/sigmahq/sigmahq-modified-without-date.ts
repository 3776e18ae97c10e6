import type { DocumentCheck } from '../../check.ts';
import { fixBy } from '../../text-edits.ts';

export const sigmahqModifiedWithoutDate: DocumentCheck = {
  id: 'sigmahq_modified_without_date',
  origin: 'sigmahq',
  severity: 'error',
  about: 'the rule has `modified` and no `date`',
  help: 'A new rule has only a `date`.',
  examples: {
    invalid: [{ rule: 'modified: 2026-11-20', marks: ['modified'], fixed: 'date: 2026-11-20' }],
    valid: ['date: 2026-11-20\nmodified: 2026-11-21'],
  },
  check(document, report) {
    const { date, modified } = document.rule;
    const entry = document.entry('modified');
    if (entry === undefined || modified === undefined || date !== undefined) return;
    const fix =
      document.entry('date') === undefined
        ? fixBy('Make it the date', { span: entry.keySpan, text: 'date' })
        : undefined;
    report(entry.keySpan, 'The rule has no date.', fix);
  },
};
