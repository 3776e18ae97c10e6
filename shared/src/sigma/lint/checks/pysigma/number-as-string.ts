import type { DocumentCheck } from '../../check.ts';
import { fixBy } from '../../text-edits.ts';
import { textValuesOf } from '../../text-values.ts';

const AFFIXES = ['contains', 'startswith', 'endswith'];
/** What Python's `int()` reads. */
const INTEGER = /^[+-]?\d+(_\d+)*$/;
/** Numbers that YAML writes as their text is, so that both mean the same (SIGMA R8). */
const CANONICAL = /^(0|-?[1-9]\d*)$/;

export const numberAsString: DocumentCheck = {
  id: 'number_as_string',
  origin: 'pysigma',
  severity: 'info',
  about: 'a number is written as text',
  help: 'Tools that compare types search the text and miss the number. Write it without quotes.',
  examples: {
    invalid: [
      {
        rule: `detection:
  selection:
    EventID: ['4688', 4689]
  condition: selection`,
        marks: ["'4688'"],
        fixed: `detection:
  selection:
    EventID: [4688, 4689]
  condition: selection`,
      },
      {
        rule: `detection:
  selection:
    Code: '007'
  condition: selection`,
        marks: ["'007'"],
      },
    ],
    valid: [
      `detection:
  selection:
    EventID: 4688
    CommandLine|contains: '4688'
  condition: selection`,
    ],
  },
  check(document, report) {
    for (const { text, span, item } of textValuesOf(document)) {
      if (!INTEGER.test(text) || item.modifiers.some((modifier) => AFFIXES.includes(modifier))) continue;
      const fix = CANONICAL.test(text) ? fixBy('Write it without quotes', { span: span, text }) : undefined;
      report(span, `${text} is a number written as text.`, fix);
    }
  },
};
