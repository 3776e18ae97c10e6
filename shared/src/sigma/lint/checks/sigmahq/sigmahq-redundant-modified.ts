import type { DocumentCheck } from '../../check.ts';
import { fixBy, withoutEntry } from '../../text-edits.ts';

export const sigmahqRedundantModified: DocumentCheck = {
  id: 'sigmahq_redundant_modified',
  origin: 'sigmahq',
  severity: 'warning',
  about: '`modified` is the same as `date`',
  help: 'A rule that was not modified has none.',
  examples: {
    invalid: [
      {
        rule: 'date: 2026-11-20\nmodified: 2026-11-20\nlevel: low',
        marks: ['modified'],
        fixed: 'date: 2026-11-20\nlevel: low',
      },
    ],
    valid: ['date: 2026-11-20\nmodified: 2026-11-21'],
  },
  check(document, report) {
    const { date, modified } = document.rule;
    const entry = document.entry('modified');
    if (entry === undefined || date === undefined || modified !== date) return;
    report(
      entry.keySpan,
      'This is also the date.',
      fixBy('Remove modified', withoutEntry(document.text, entry)),
    );
  },
};
