import type { DocumentCheck } from '../../check.ts';
import { conditionsOf } from '../../conditions.ts';
import { partSpan } from '../../places.ts';

export const sigmahqOfselectionCondition: DocumentCheck = {
  id: 'sigmahq_ofselection_condition',
  origin: 'sigmahq',
  severity: 'info',
  about: 'a pattern selects fewer than two searches',
  help: 'The name of the search says the same. Patterns `selection_*` and `filter_*` are left alone, because such searches are added and taken away.',
  examples: {
    invalid: [
      {
        rule: `detection:
  sel_one: {Image: x}
  condition: 1 of sel_*`,
        marks: ['1 of sel_*'],
      },
    ],
    valid: [
      `detection:
  sel_one: {Image: x}
  sel_two: {User: y}
  selection_a: {Image: z}
  condition: 1 of sel_* and 1 of selection_*`,
    ],
  },
  check(document, report) {
    for (const { text, uses } of conditionsOf(document)) {
      for (const { use, selected } of uses) {
        if (use.kind === 'name' || !use.pattern.endsWith('_*')) continue;
        if (/^(filter|selection)_/.test(use.pattern) || selected.length > 1) continue;
        report(
          partSpan(document, text, use.span.from, use.span.to),
          `${use.pattern} selects fewer than two searches.`,
        );
      }
    }
  },
};
