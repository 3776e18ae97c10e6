import type { DocumentCheck } from '../../check.ts';

export const sigmahqTitleLength: DocumentCheck = {
  id: 'sigmahq_title_length',
  origin: 'sigmahq',
  severity: 'warning',
  about: 'the title is too long',
  help: 'Lists of alerts cut it off.',
  options: { max_length: 120 },
  examples: {
    invalid: [{ rule: `title: ${'Long '.repeat(24)}Title`, marks: [`${'Long '.repeat(24)}Title`] }],
    valid: ['title: Audit Switched Off'],
  },
  check(document, report, context) {
    const title = document.textOf('title');
    const most = context.option<number>('max_length');
    if (title !== undefined && title.text.length > most)
      report(title.span, `The title has ${title.text.length} characters; it should have at most ${most}.`);
  },
};
