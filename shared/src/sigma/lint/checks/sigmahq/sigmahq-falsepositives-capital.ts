import type { DocumentCheck } from '../../check.ts';
import { partSpan } from '../../places.ts';
import { fixBy } from '../../text-edits.ts';

export const sigmahqFalsepositivesCapital: DocumentCheck = {
  id: 'sigmahq_falsepositives_capital',
  origin: 'sigmahq',
  severity: 'warning',
  about: 'an entry of `falsepositives` starts in lower case',
  help: 'The entries are sentences for people.',
  examples: {
    invalid: [
      {
        rule: 'falsepositives:\n  - legitimate maintenance',
        marks: ['l'],
        fixed: 'falsepositives:\n  - Legitimate maintenance',
      },
    ],
    valid: ['falsepositives:\n  - Legitimate maintenance'],
  },
  check(document, report) {
    for (const entry of document.textsOf('falsepositives')) {
      const first = String.fromCodePoint(entry.text.codePointAt(0) ?? 0x41);
      const capital = first.toUpperCase();
      if (capital === first) continue;
      const at = partSpan(document, entry, 0, first.length);
      const exact = document.text.slice(at.from, at.to) === first;
      report(
        at,
        'The entry should start with a capital.',
        exact ? fixBy('Start with a capital', { span: at, text: capital }) : undefined,
      );
    }
  },
};
