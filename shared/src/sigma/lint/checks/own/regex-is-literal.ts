import type { DocumentCheck } from '../../check.ts';
import { isOnOneLine, withModifiers, withText } from '../../text-edits.ts';

const RULE = (key: string, value: string) =>
  `title: x\ndetection:\n    sel:\n        ${key}: ${value}\n    condition: sel\n`;

export const regexIsLiteral: DocumentCheck = {
  id: 'regex_is_literal',
  origin: 'own',
  severity: 'info',
  about: 'a regular expression is plain text',
  help: 'contains says the same, every reader knows it, and it is faster. A pattern heeds case, so contains needs cased beside it.',
  examples: {
    invalid: [
      {
        rule: RULE('user|re', 'admin_rw'),
        marks: ['admin_rw'],
        fixed: RULE('user|contains|cased', 'admin_rw'),
      },
      { rule: RULE('user|re|i', "'a\\.b'"), marks: ["'a\\.b'"], fixed: RULE('user|contains', "'a.b'") },
    ],
    valid: [RULE('user|re', '^admin'), RULE('user|contains|cased', 'admin')],
  },
  check(document, report) {
    for (const item of document.items) {
      const { modifiers, values } = item;
      if (!modifiers.includes('re') || item.field === undefined) continue;
      if (modifiers.some((name) => !/^(re|i|ignorecase|all|neq)$/.test(name))) continue;
      const literals = values.map(({ value }) => literalOf(value));
      if (literals.some((literal) => literal === undefined)) continue;
      const folded = modifiers.some((name) => name === 'i' || name === 'ignorecase');
      const kept = modifiers.filter((name) => name === 'all' || name === 'neq');
      const [first] = values;
      if (first === undefined) continue;
      const mendable = values.every((value) => isOnOneLine(document.text, value));
      report(
        first.span,
        'This pattern is plain text.',
        mendable
          ? {
              title: 'Write contains',
              edits: [
                withModifiers(item, document.text, ['contains', ...kept, ...(folded ? [] : ['cased'])]),
                ...values.map((value, i) =>
                  withText(document.text, value, (literals[i] ?? '').replace(/[\\*?]/g, '\\$&')),
                ),
              ],
              safe: true,
            }
          : undefined,
      );
    }
  },
};

/** The text that a pattern without any sign of its own stands for. */
function literalOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  if (!/^([^\\.*+?()[\]{}|^$]|\\[^A-Za-z0-9])+$/.test(value)) return undefined;
  return value.replace(/\\(.)/gs, '$1');
}
