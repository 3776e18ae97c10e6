import { utf8 } from '../../../values/text-bytes.ts';
import type { DocumentCheck } from '../../check.ts';

const RULE = (value: string) =>
  `title: x\ndetection:\n    sel:\n        statement|base64offset|contains: ${value}\n    condition: sel\n`;

export const base64Short: DocumentCheck = {
  id: 'base64_short',
  origin: 'own',
  severity: 'warning',
  about: 'a value for base64offset is so short that one or two characters are searched',
  help: 'Of each shift the unstable characters at the ends are cut. What is left of less than three bytes stands in nearly every Base64 text.',
  examples: {
    invalid: [{ rule: RULE('ab'), marks: ['ab'] }],
    valid: [RULE('select'), RULE('ab').replace('base64offset', 'utf16le|base64offset')],
  },
  check(document, report) {
    for (const { modifiers, values } of document.items) {
      if (!modifiers.includes('base64offset')) continue;
      const width = modifiers.some((name) => name.startsWith('utf16') || name === 'wide') ? 2 : 1;
      for (const { value, span } of values) {
        if (typeof value === 'string' && utf8(value).length * width < 3)
          report(span, 'Of less than three bytes hardly a character of Base64 is left to search.');
      }
    }
  },
};
