import type { DocumentCheck } from '../../check.ts';
import { withModifiers } from '../../text-edits.ts';

const AFFIXES = ['contains', 'startswith', 'endswith'];
const RULE = (key: string) => `title: x\ndetection:\n    sel:\n        ${key}: abc\n    condition: sel\n`;

export const incompatibleModifiers: DocumentCheck = {
  id: 'incompatible_modifiers',
  origin: 'others',
  severity: 'warning',
  about: 'a field has two of contains, startswith and endswith',
  help: 'Each adds its wildcard, so together they mean contains. Most readers take that for a mistake: write contains, or two items.',
  examples: {
    invalid: [
      {
        rule: RULE('user|startswith|endswith'),
        marks: ['user|startswith|endswith'],
        fixed: RULE('user|contains'),
      },
    ],
    valid: [RULE('user|contains'), RULE('user|base64offset|contains')],
  },
  check(document, report) {
    for (const item of document.items) {
      const affixes = item.modifiers.filter((name) => AFFIXES.includes(name));
      if (new Set(affixes).size < 2) continue;
      const kept = item.modifiers.filter((name) => !AFFIXES.includes(name));
      report(item.keySpan, `${affixes.join(' and ')} together mean contains.`, {
        title: 'Write contains',
        edits: [withModifiers(item, document.text, [...kept, 'contains'])],
        // A test of its own (re, fieldref) may stand among them; there the order of modifiers is not ours to choose.
        safe: kept.length === 0 || kept.every((name) => name === 'all' || name === 'cased' || name === 'neq'),
      });
    }
  },
};
