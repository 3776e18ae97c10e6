import type { DocumentCheck } from '../../check.ts';
import { knownLogSource } from '../../log-source.ts';

export const sigmahqInvalidFieldname: DocumentCheck = {
  id: 'sigmahq_invalid_fieldname',
  origin: 'sigmahq',
  severity: 'error',
  about: 'the log source has no such field',
  help: 'A field that no event has never matches. Only log sources whose fields the taxonomy lists are checked.',
  examples: {
    invalid: [
      {
        rule: `logsource: {product: linux, category: process_creation}
detection:
  selection:
    ProcessName|endswith: x
  condition: selection`,
        marks: ['ProcessName|endswith'],
      },
    ],
    valid: [
      `logsource: {product: linux, category: process_creation}
detection:
  selection:
    Image|endswith: x
  condition: selection`,
      `logsource: {category: database}
detection:
  selection:
    anything: x
  condition: selection`,
    ],
  },
  check(document, report, context) {
    const fields = knownLogSource(document, context)?.fields;
    if (fields === undefined || fields.size === 0) return;
    for (const { field, keySpan } of document.items)
      if (field !== undefined && !fields.has(field)) report(keySpan, `The log source has no field ${field}.`);
  },
};
