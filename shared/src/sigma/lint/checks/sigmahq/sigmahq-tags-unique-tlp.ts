import type { DocumentCheck } from '../../check.ts';
import { tagsIn } from '../../tags.ts';

export const sigmahqTagsUniqueTlp: DocumentCheck = {
  id: 'sigmahq_tags_unique_tlp',
  origin: 'sigmahq',
  severity: 'error',
  about: 'the rule has two `tlp.` tags',
  help: 'Nobody can say which of them counts.',
  examples: {
    invalid: [{ rule: 'tags: [tlp.clear, tlp.green]', marks: ['tlp.green'] }],
    valid: ['tags: [tlp.clear]'],
  },
  check(document, report) {
    const [first, second] = tagsIn(document, 'tlp');
    if (first !== undefined && second !== undefined)
      report(second.span, `The rule has the tag ${first.text} already.`);
  },
};
