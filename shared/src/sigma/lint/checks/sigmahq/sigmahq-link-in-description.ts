import type { DocumentCheck } from '../../check.ts';
import { partSpan } from '../../places.ts';

export const sigmahqLinkInDescription: DocumentCheck = {
  id: 'sigmahq_link_in_description',
  origin: 'sigmahq',
  severity: 'warning',
  about: 'a link stands in the description while there are no references',
  help: 'Links belong into `references`, where tools find them.',
  options: { word_list: ['http://', 'https://', 'internal research'] },
  examples: {
    invalid: [{ rule: 'description: As in https://example.org', marks: ['https://'] }],
    valid: ['description: As in https://example.org\nreferences: [https://example.org]'],
  },
  check(document, report, context) {
    const description = document.textOf('description');
    if (description === undefined || document.textsOf('references').length > 0) return;
    const lower = description.text.toLowerCase();
    for (const word of context.option<readonly string[]>('word_list')) {
      const at = lower.indexOf(word);
      if (at < 0) continue;
      report(
        partSpan(document, description, at, at + word.length),
        'Where this comes from belongs into references.',
      );
      return;
    }
  },
};
