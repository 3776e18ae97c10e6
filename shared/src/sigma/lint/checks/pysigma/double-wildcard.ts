import type { DocumentCheck } from '../../check.ts';
import { partSpan } from '../../places.ts';
import { fixBy } from '../../text-edits.ts';
import { textValuesOf } from '../../text-values.ts';

export const doubleWildcard: DocumentCheck = {
  id: 'double_wildcard',
  origin: 'pysigma',
  severity: 'info',
  about: 'two `*` stand in a row',
  help: 'One already stands for any text; two are mostly an escape gone wrong.',
  examples: {
    invalid: [
      {
        rule: `detection:
  selection:
    Image: '*\\cmd**.exe'
  condition: selection`,
        marks: ['**'],
        fixed: `detection:
  selection:
    Image: '*\\cmd*.exe'
  condition: selection`,
      },
    ],
    valid: [
      `detection:
  selection:
    Image: '*\\cmd*\\*.exe'
  condition: selection`,
    ],
  },
  check(document, report) {
    for (const value of textValuesOf(document)) {
      if (!value.text.includes('**')) continue;
      for (const found of value.text.matchAll(/\\[\\*?]|\*{2,}/g)) {
        if (!found[0].startsWith('**')) continue;
        const at = partSpan(document, value, found.index, found.index + found[0].length);
        const exact = document.text.slice(at.from, at.to) === found[0];
        report(
          at,
          'Two * in a row mean what one means.',
          exact ? fixBy('Leave one *', { span: at, text: '*' }) : undefined,
        );
      }
    }
  },
};
