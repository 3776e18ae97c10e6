import type { DocumentCheck } from '../../check.ts';
import { conditionsOf } from '../../conditions.ts';

export const danglingDetection: DocumentCheck = {
  id: 'dangling_detection',
  origin: 'pysigma',
  severity: 'error',
  about: 'no condition uses a search',
  help: 'What the search says has no effect. Use it in the condition or take it out.',
  examples: {
    invalid: [
      {
        rule: `detection:
  selection: {Image: x}
  filter: {User: y}
  condition: selection`,
        marks: ['filter'],
      },
    ],
    valid: [
      `detection:
  selection: {Image: x}
  filter: {User: y}
  condition: selection and not filter`,
    ],
  },
  check(document, report) {
    const conditions = conditionsOf(document);
    // A condition that cannot be read may use anything.
    if (conditions.length === 0 || conditions.length < document.conditions.length) return;
    const used = new Set(conditions.flatMap(({ uses }) => uses.flatMap(({ selected }) => selected)));
    for (const { key, keySpan } of document.searches)
      if (!used.has(key)) report(keySpan, `No condition uses ${key}.`);
  },
};
