import type { DocumentCheck } from '../../check.ts';
import { isOnOneLine } from '../../text-edits.ts';

const RULE = (value: string) =>
  `title: x\ndetection:\n    sel:\n        user|re: ${value}\n    condition: sel\n`;

export const regexRedundantWildcard: DocumentCheck = {
  id: 'regex_redundant_wildcard',
  origin: 'own',
  severity: 'info',
  about: 'a regular expression begins or ends with .*',
  help: 'A pattern is searched anywhere in the value (SIGMA R12), so .* at its ends changes nothing and costs time.',
  examples: {
    invalid: [
      { rule: RULE('.*admin.*'), marks: ['.*', '.*'], fixed: RULE('admin') },
      { rule: RULE('admin.*'), marks: ['.*'], fixed: RULE('admin') },
    ],
    valid: [RULE("'admin\\.*'"), RULE("'.*'"), RULE('a.*b'), RULE("'.*a|b'"), RULE("'^.*admin$'")],
  },
  check(document, report) {
    for (const { modifiers, values } of document.items) {
      if (!modifiers.includes('re')) continue;
      for (const scalar of values) {
        const { value, span } = scalar;
        // An alternative at the end of the pattern would lose what belongs to it alone.
        if (typeof value !== 'string' || value.includes('|') || !isOnOneLine(document.text, scalar)) continue;
        const quote = /^['"]/.test(document.text.charAt(span.from)) ? 1 : 0;
        const body = value.replace(/^(\.\*\??)/, '').replace(/(?<!\\)\.\*\??$/, '');
        if (body === '' || body === value) continue;
        const lead = /^\.\*\??/.exec(value)?.[0].length ?? 0;
        const tail = /(?<!\\)\.\*\??$/.exec(value)?.[0].length ?? 0;
        const ends = [
          { from: span.from + quote, to: span.from + quote + lead },
          { from: span.to - quote - tail, to: span.to - quote },
        ];
        for (const at of ends) {
          if (at.from < at.to)
            report(at, 'A pattern is searched anywhere: .* at its end changes nothing.', {
              title: 'Remove .*',
              edits: [{ span: at, text: '' }],
              safe: true,
            });
        }
      }
    }
  },
};
