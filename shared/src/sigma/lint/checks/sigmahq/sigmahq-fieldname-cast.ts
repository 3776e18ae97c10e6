import type { DocumentCheck } from '../../check.ts';
import { knownLogSource } from '../../log-source.ts';
import { fixBy } from '../../text-edits.ts';

export const sigmahqFieldnameCast: DocumentCheck = {
  id: 'sigmahq_fieldname_cast',
  origin: 'sigmahq',
  severity: 'error',
  about: 'a field of the log source is written in other case',
  help: 'Most tools take field names exactly as they are.',
  examples: {
    invalid: [
      {
        rule: `logsource: {product: linux, category: process_creation}
detection:
  selection:
    commandline|contains: x
  condition: selection`,
        marks: ['commandline|contains'],
        fixed: `logsource: {product: linux, category: process_creation}
detection:
  selection:
    CommandLine|contains: x
  condition: selection`,
      },
    ],
    valid: [
      `logsource: {product: linux, category: process_creation}
detection:
  selection:
    CommandLine|contains: x
  condition: selection`,
    ],
  },
  check(document, report, context) {
    const fields = knownLogSource(document, context)?.fields;
    if (fields === undefined || fields.size === 0) return;
    for (const { field, keySpan } of document.items) {
      if (field === undefined || fields.has(field)) continue;
      const meant = [...fields].find((known) => known.toLowerCase() === field.toLowerCase());
      if (meant === undefined) continue;
      const written = document.text.slice(keySpan.from, keySpan.to);
      const fix = fixBy(`Write ${meant}`, { span: keySpan, text: written.replace(field, meant) }, false);
      report(keySpan, `The log source writes ${meant}.`, fix);
    }
  },
};
