import type { DocumentCheck } from '../../check.ts';
import { conditionsOf } from '../../conditions.ts';
import { partSpan } from '../../places.ts';

export const danglingCondition: DocumentCheck = {
  id: 'dangling_condition',
  origin: 'pysigma',
  severity: 'error',
  about: 'a pattern in the condition selects no search',
  help: 'Other tools leave such a part out without a word, and the rule means something else.',
  examples: {
    invalid: [
      {
        rule: `detection:
  selection: {Image: x}
  condition: selection and not 1 of filter_*`,
        marks: ['1 of filter_*'],
      },
    ],
    valid: [
      `detection:
  selection: {Image: x}
  filter_main: {User: y}
  condition: selection and not 1 of filter_*`,
    ],
  },
  check(document, report) {
    for (const { text, uses } of conditionsOf(document)) {
      for (const { use, selected } of uses) {
        if (use.kind === 'name' || selected.length > 0) continue;
        report(
          partSpan(document, text, use.span.from, use.span.to),
          `No search is named like ${use.pattern}.`,
        );
      }
    }
  },
};
