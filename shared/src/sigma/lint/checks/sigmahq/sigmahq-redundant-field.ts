import type { DocumentCheck } from '../../check.ts';
import { knownLogSource } from '../../log-source.ts';

export const sigmahqRedundantField: DocumentCheck = {
  id: 'sigmahq_redundant_field',
  origin: 'sigmahq',
  severity: 'error',
  about: 'the log source fixes the value of a field already',
  help: 'Other products of the same log source have another value, so that the rule misses them.',
  examples: {
    invalid: [
      {
        rule: `logsource: {product: windows, category: process_creation}
detection:
  selection:
    EventID: 1
    Image: x
  condition: selection`,
        marks: ['EventID'],
      },
    ],
    valid: [
      `logsource: {product: windows, category: process_creation}
detection:
  selection:
    Image: x
  condition: selection`,
    ],
  },
  check(document, report, context) {
    const redundant = knownLogSource(document, context)?.redundant;
    if (redundant === undefined || redundant.size === 0) return;
    for (const { field, keySpan } of document.items)
      if (field !== undefined && redundant.has(field))
        report(keySpan, `The log source fixes ${field} already.`);
  },
};
