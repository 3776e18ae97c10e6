import { DASHES } from '../../../modifiers/windash.ts';
import type { DocumentCheck } from '../../check.ts';
import { withModifiers } from '../../text-edits.ts';

const RULE = (key: string, value: string) =>
  `title: x\ndetection:\n    sel:\n        ${key}: ${value}\n    condition: sel\n`;

export const windashWithoutDash: DocumentCheck = {
  id: 'windash_without_dash',
  origin: 'own',
  severity: 'info',
  about: 'a windash item has values without any dash or slash at the start of a word',
  help: 'windash has nothing to vary there. Remove it, or write the value with its dash.',
  examples: {
    invalid: [
      {
        rule: RULE('arguments|contains|windash', 'export'),
        marks: ['arguments|contains|windash'],
        fixed: RULE('arguments|contains', 'export'),
      },
    ],
    valid: [RULE('arguments|contains|windash', '-export')],
  },
  check(document, report) {
    const dash = new RegExp(`(?<![\\p{L}\\p{N}_])[${DASHES.replace('-', '\\-')}]`, 'u');
    for (const item of document.items) {
      if (!item.modifiers.includes('windash')) continue;
      if (item.values.some(({ value }) => typeof value === 'string' && dash.test(value))) continue;
      report(item.keySpan, 'No value here has a dash that windash could vary.', {
        title: 'Remove windash',
        edits: [
          withModifiers(
            item,
            document.text,
            item.modifiers.filter((name) => name !== 'windash'),
          ),
        ],
        safe: true,
      });
    }
  },
};
