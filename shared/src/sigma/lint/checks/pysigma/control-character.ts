import type { DocumentCheck } from '../../check.ts';
import { textValuesOf } from '../../text-values.ts';

export const controlCharacter: DocumentCheck = {
  id: 'control_character',
  origin: 'pysigma',
  severity: 'error',
  about: 'a value holds a control character',
  help: 'In double quotes a backslash starts an escape: `"C:\\temp"` holds a tab. Write the value in single quotes.',
  examples: {
    invalid: [
      {
        rule: `detection:
  selection:
    Image: "C:\\temp"
  condition: selection`,
        marks: ['"C:\\temp"'],
        fixed: `detection:
  selection:
    Image: 'C:\\temp'
  condition: selection`,
      },
    ],
    valid: [
      `detection:
  selection:
    Image: 'C:\\temp'
  condition: selection`,
    ],
  },
  check(document, report) {
    for (const { text, span } of textValuesOf(document)) {
      if (!/[\u0000-\u001f]/.test(text)) continue;
      const written = document.text.slice(span.from, span.to);
      const escaped = /^"[^'\n]*"$/.test(written);
      report(
        span,
        'The value holds a control character; in double quotes a backslash starts an escape.',
        escaped
          ? {
              title: 'Write it in single quotes',
              edits: [{ span, text: `'${written.slice(1, -1)}'` }],
              safe: false,
            }
          : undefined,
      );
    }
  },
};
