import type { DocumentCheck } from '../../check.ts';
import { fixBy, withoutItem } from '../../text-edits.ts';

/** Modifiers under which case makes a difference. */
const EXACT = new Set(['re', 'i', 'm', 's', 'base64', 'base64offset', 'cased']);

export const sigmahqFieldDuplicateValue: DocumentCheck = {
  id: 'sigmahq_field_duplicate_value',
  origin: 'sigmahq',
  severity: 'error',
  about: 'a value stands in the list twice',
  help: 'Case does not count, so `CMD` and `cmd` are the same, except under `re`, `cased` and the encodings. Mostly another value was meant.',
  examples: {
    invalid: [
      {
        rule: `detection:
  selection:
    Image:
      - cmd.exe
      - CMD.EXE
      - sh
  condition: selection`,
        marks: ['CMD.EXE'],
        fixed: `detection:
  selection:
    Image:
      - cmd.exe
      - sh
  condition: selection`,
      },
    ],
    valid: [
      `detection:
  selection:
    Image|cased: [cmd.exe, CMD.EXE]
    CommandLine|re: ['\\s', '\\S']
  condition: selection`,
    ],
  },
  check(document, report) {
    for (const { field, modifiers, values } of document.items) {
      if (field === undefined || values.length < 2) continue;
      const exact = modifiers.some((modifier) => EXACT.has(modifier));
      const seen = new Set<string>();
      for (const { value, span } of values) {
        const text = exact ? String(value) : String(value).toLowerCase();
        if (seen.has(text))
          report(
            span,
            `${value} is in the list already.`,
            fixBy('Remove it', withoutItem(document.text, { span })),
          );
        seen.add(text);
      }
    }
  },
};
