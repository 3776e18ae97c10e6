import type { DocumentCheck } from '../../check.ts';
import { partSpan } from '../../places.ts';

export const sigmahqTitleStart: DocumentCheck = {
  id: 'sigmahq_title_start',
  origin: 'sigmahq',
  severity: 'warning',
  about: 'the title starts with Detect or Detects',
  help: 'All rules detect; the title says what.',
  examples: {
    invalid: [{ rule: 'title: Detects Disabled Audit', marks: ['Detects'] }],
    valid: ['title: Disabled Audit', 'title: Detection Rules Deleted'],
  },
  check(document, report) {
    const title = document.textOf('title');
    const found = /^Detects?(?= )/.exec(title?.text ?? '');
    if (title !== undefined && found !== null)
      report(partSpan(document, title, 0, found[0].length), `A title does not start with ${found[0]}.`);
  },
};
