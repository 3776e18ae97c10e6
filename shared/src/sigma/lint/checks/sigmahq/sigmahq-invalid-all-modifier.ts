import type { DocumentCheck } from '../../check.ts';
import { fixBy, withModifiers } from '../../text-edits.ts';

export const sigmahqInvalidAllModifier: DocumentCheck = {
  id: 'sigmahq_invalid_all_modifier',
  origin: 'sigmahq',
  severity: 'error',
  about: '`all` stands over a single value',
  help: 'It joins the values of a list. Mostly a value was forgotten, or taken out later.',
  examples: {
    invalid: [
      {
        rule: `detection:
  selection:
    CommandLine|contains|all: x
  condition: selection`,
        marks: ['CommandLine|contains|all'],
        fixed: `detection:
  selection:
    CommandLine|contains: x
  condition: selection`,
      },
    ],
    valid: [
      `detection:
  selection:
    CommandLine|contains|all: [x, y]
  condition: selection`,
    ],
  },
  check(document, report) {
    for (const item of document.items) {
      const { field, modifiers, values, keySpan } = item;
      if (field === undefined || !modifiers.includes('all') || values.length > 1) continue;
      const others = modifiers.filter((modifier) => modifier !== 'all');
      const fix = fixBy('Remove all', withModifiers(item, document.text, others));
      report(keySpan, 'all needs a list of values.', fix);
    }
  },
};
