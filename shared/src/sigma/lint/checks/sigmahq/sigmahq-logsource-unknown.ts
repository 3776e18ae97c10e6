import type { DocumentCheck } from '../../check.ts';
import { logSourceKey, logSourceOf } from '../../log-source.ts';

export const sigmahqLogsourceUnknown: DocumentCheck = {
  id: 'sigmahq_logsource_unknown',
  origin: 'sigmahq',
  severity: 'error',
  about: 'the taxonomy has no such log source',
  help: 'Tools map known log sources to tables and indexes; one that they do not know selects nothing. Where your team has its own, turn this check off.',
  examples: {
    invalid: [
      {
        rule: 'logsource: {product: windows, category: process}',
        marks: ['{product: windows, category: process}'],
      },
    ],
    valid: ['logsource: {product: windows, category: process_creation}', 'logsource: {category: database}'],
  },
  check(document, report, { knowledge: { taxonomy } }) {
    const source = logSourceOf(document);
    if (source === undefined || taxonomy.logsources.has(logSourceKey(source))) return;
    const named = [source.product, source.category, source.service].filter((part) => part !== '');
    report(source.entry.value.span, `The taxonomy has no log source ${named.join('/')}.`);
  },
};
