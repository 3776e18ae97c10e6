import type { DocumentCheck } from '../../check.ts';

const RULE = (key: string) => `title: x\ndetection:\n    sel:\n        ${key}: select\n    condition: sel\n`;

export const base64Case: DocumentCheck = {
  id: 'base64_case',
  origin: 'own',
  severity: 'info',
  optIn: true,
  about: 'a Base64 value is searched whatever its case',
  help: 'In Base64 the case of a letter is part of the value, but Sigma compares without case unless cased says otherwise (SIGMA R20).',
  examples: {
    invalid: [{ rule: RULE('statement|base64'), marks: ['statement|base64'] }],
    valid: [RULE('statement|base64|cased')],
  },
  check(document, report) {
    for (const { modifiers, keySpan } of document.items) {
      if (modifiers.some((name) => name.startsWith('base64')) && !modifiers.includes('cased'))
        report(keySpan, 'Base64 is meant with its case: add cased.');
    }
  },
};
