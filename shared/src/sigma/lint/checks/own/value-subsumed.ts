import type { DocumentCheck } from '../../check.ts';
import { implies } from '../../logic/implication.ts';
import { holdsSeveral, predicateOfItem } from '../../logic/rule-logic.ts';
import { withoutItem } from '../../text-edits.ts';

const RULE = (values: string) =>
  `title: x\ndetection:\n    sel:\n        statement|contains:\n${values}    condition: sel\n`;

export const valueSubsumed: DocumentCheck = {
  id: 'value_subsumed',
  origin: 'own',
  severity: 'info',
  optIn: true,
  about: 'a value of a list is found by another value of it already',
  help: 'The shorter value alone finds the same. Often the longer one stands there to tell readers what is meant; a comment can do that.',
  examples: {
    invalid: [
      {
        rule: RULE('            - DROP TABLE\n            - DROP\n'),
        marks: ['DROP TABLE'],
        fixed: RULE('            - DROP\n'),
      },
    ],
    valid: [RULE('            - DROP TABLE\n            - DROP VIEW\n')],
  },
  check(document, report) {
    for (const { field, modifiers, values, span } of document.items) {
      if (values.length < 2 || modifiers.includes('all') || modifiers.includes('re')) continue;
      const plain = modifiers.filter((name) => name !== 'neq');
      const leaves = values.map(({ value }) =>
        predicateOfItem({ field, modifiers: plain, values: [value], span }),
      );
      const context = { holdsSeveral, left: 10_000 };
      for (const [i, a] of leaves.entries()) {
        const wider = leaves.findIndex(
          (b, j) => i !== j && implies(a, b, context) && (j < i || !implies(b, a, context)),
        );
        const value = values[i];
        if (wider < 0 || value === undefined) continue;
        report(value.span, `“${values[wider]?.source}” finds all that “${value.source}” finds.`, {
          title: 'Remove it',
          edits: [withoutItem(document.text, value)],
          safe: true,
        });
      }
    }
  },
};
