import type { DocumentCheck } from '../../check.ts';
import { tagsIn } from '../../tags.ts';

export const sigmahqTagsTlp: DocumentCheck = {
  id: 'sigmahq_tags_tlp',
  origin: 'sigmahq',
  severity: 'error',
  about: 'the rule may not be shared as widely as the collection',
  help: 'SigmaHQ is public, so it takes `tlp.clear` alone. Name those that your collection takes in `allowed_tlp`.',
  options: { allowed_tlp: ['clear'] },
  examples: {
    invalid: [{ rule: 'tags: [tlp.amber]', marks: ['tlp.amber'] }],
    valid: ['tags: [tlp.clear]'],
  },
  check(document, report, context) {
    const allowed = context.option<readonly string[]>('allowed_tlp');
    for (const { name, span } of tagsIn(document, 'tlp'))
      if (!allowed.includes(name)) report(span, `This collection takes only ${allowed.join(', ')}.`);
  },
};
