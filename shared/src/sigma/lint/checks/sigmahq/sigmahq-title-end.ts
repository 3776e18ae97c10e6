import type { DocumentCheck } from '../../check.ts';
import { partSpan } from '../../places.ts';
import { fixBy } from '../../text-edits.ts';

export const sigmahqTitleEnd: DocumentCheck = {
  id: 'sigmahq_title_end',
  origin: 'sigmahq',
  severity: 'warning',
  about: 'the title ends with a full stop',
  help: 'A title is a name, not a sentence.',
  examples: {
    invalid: [{ rule: 'title: Audit Switched Off.', marks: ['.'], fixed: 'title: Audit Switched Off' }],
    valid: ['title: Audit Switched Off'],
  },
  check(document, report) {
    const title = document.textOf('title');
    if (!title?.text.endsWith('.')) return;
    const at = partSpan(document, title, title.text.length - 1, title.text.length);
    const exact = document.text.slice(at.from, at.to) === '.';
    report(
      at,
      'A title ends without a full stop.',
      exact ? fixBy('Remove it', { span: at, text: '' }) : undefined,
    );
  },
};
