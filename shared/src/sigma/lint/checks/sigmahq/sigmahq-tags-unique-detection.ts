import type { DocumentCheck } from '../../check.ts';
import { tagsIn } from '../../tags.ts';

export const sigmahqTagsUniqueDetection: DocumentCheck = {
  id: 'sigmahq_tags_unique_detection',
  origin: 'sigmahq',
  severity: 'error',
  about: 'the rule has two `detection.` tags',
  help: 'A rule is of one kind.',
  examples: {
    invalid: [
      { rule: 'tags: [detection.dfir, detection.threat-hunting]', marks: ['detection.threat-hunting'] },
    ],
    valid: ['tags: [detection.dfir]'],
  },
  check(document, report) {
    const [first, second] = tagsIn(document, 'detection');
    if (first !== undefined && second !== undefined)
      report(second.span, `The rule has the tag ${first.text} already.`);
  },
};
