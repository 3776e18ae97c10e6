import type { DocumentCheck } from '../../check.ts';
import { partSpan } from '../../places.ts';

export const sigmahqOfthemCondition: DocumentCheck = {
  id: 'sigmahq_ofthem_condition',
  origin: 'sigmahq',
  severity: 'info',
  about: '`of them` stands in the condition of a rule with one search',
  help: 'Name the search. SigmaHQ has here what pySigma calls `them_condition_with_single_detection`, which also mends it.',
  examples: {
    invalid: [
      {
        rule: `detection:
  selection: {Image: x}
  condition: 1 of them`,
        marks: ['of them'],
      },
    ],
    valid: [
      `detection:
  selection: {Image: x}
  filter: {User: y}
  condition: 1 of them`,
    ],
  },
  check(document, report) {
    if (document.searches.length !== 1) return;
    for (const condition of document.conditions) {
      const found = /\bof\s+them\b/.exec(condition.text);
      if (found !== null)
        report(
          partSpan(document, condition, found.index, found.index + found[0].length),
          'There is one search; name it.',
        );
    }
  },
};
