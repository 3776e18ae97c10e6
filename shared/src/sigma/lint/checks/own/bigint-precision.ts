import type { DocumentCheck } from '../../check.ts';

const RULE = (value: string) =>
  `title: x\ndetection:\n    sel:\n        session: ${value}\n    condition: sel\n`;

export const bigintPrecision: DocumentCheck = {
  id: 'bigint_precision',
  origin: 'own',
  severity: 'info',
  about: 'an integer is beyond what many readers hold exactly',
  help: 'Above 2⁵³ a double loses digits. Here every digit counts, but other tools compare a rounded number. As text, in quotes, it is exact everywhere.',
  examples: {
    invalid: [
      { rule: RULE('9007199254740993'), marks: ['9007199254740993'], fixed: RULE("'9007199254740993'") },
    ],
    valid: [RULE('9007199254740991'), RULE("'9007199254740993'")],
  },
  check(document, report) {
    for (const { modifiers, values } of document.items) {
      for (const { value, span, source } of values) {
        if (typeof value !== 'bigint') continue;
        if (value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= BigInt(Number.MIN_SAFE_INTEGER)) continue;
        const message = `Many readers round ${source}.`;
        // Comparisons need a number; elsewhere text and number are one (SIGMA R8).
        if (modifiers.length > 0 || source !== String(value)) report(span, message);
        else report(span, message, { title: 'Quote it', edits: [{ span, text: `'${source}'` }], safe: true });
      }
    }
  },
};
