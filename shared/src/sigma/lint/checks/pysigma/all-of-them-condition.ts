import type { DocumentCheck } from '../../check.ts';
import { partSpan } from '../../places.ts';

export const allOfThemCondition: DocumentCheck = {
  id: 'all_of_them_condition',
  origin: 'pysigma',
  severity: 'warning',
  about: 'the condition is `all of them`',
  help: 'It takes in every search that somebody adds later. Name those that are meant by a pattern: `all of selection_*`.',
  examples: {
    invalid: [
      {
        rule: `detection:
  selection_a: {Image: x}
  selection_b: {User: y}
  condition: all of them`,
        marks: ['all of them'],
      },
    ],
    valid: [
      `detection:
  selection_a: {Image: x}
  selection_b: {User: y}
  condition: all of selection_*`,
    ],
  },
  check(document, report) {
    for (const condition of document.conditions) {
      for (const found of condition.text.matchAll(/\ball\s+of\s+them\b/g)) {
        report(
          partSpan(document, condition, found.index, found.index + found[0].length),
          'all of them takes in every search; name those that are meant by a pattern.',
        );
      }
    }
  },
};
